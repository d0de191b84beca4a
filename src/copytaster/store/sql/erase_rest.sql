-- What goes only with the whole story. A recall of it asked for words that it had.
UPDATE decisions SET reason = 'erased'
WHERE
    story = :story AND kind <> 'erase' AND code IS NULL
    AND reason NOT IN ('agency', 'desk', 'rights', 'legal');
UPDATE batches
SET
    query = 'erased',
    reason = CASE WHEN reason IN ('agency', 'desk', 'rights', 'legal') THEN reason ELSE 'erased' END,
    undone_reason = CASE
        WHEN undone_reason IN ('agency', 'desk', 'rights', 'legal') THEN undone_reason
        WHEN undone_reason IS NOT NULL THEN 'erased'
    END
WHERE number IN (SELECT batch FROM batch_stories WHERE story = :story);
UPDATE acknowledgements SET notices = '[]', detail = NULL WHERE story = :story;
DELETE FROM notice_names WHERE notice IN (SELECT number FROM notices WHERE story = :story);
DELETE FROM notices WHERE story = :story;
DELETE FROM chains
WHERE
    story = :story
    AND NOT EXISTS (
        SELECT 1 FROM chains AS other
        WHERE
            other.agency = chains.agency AND other.chain = chains.chain
            AND other.story <> chains.story
    );
DELETE FROM story_pictures WHERE story = :story;
