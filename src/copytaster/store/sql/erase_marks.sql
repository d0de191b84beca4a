-- What else tells of the words that a story had, of one edition or of all.
UPDATE events SET note = NULL
WHERE
    story = :story AND kind <> 'erased'
    AND (:editions IS NULL OR edition IN (SELECT value FROM json_each(:editions)));
UPDATE receipts
SET detail = CASE WHEN detail IN ('hash', 'fetched') THEN detail END, dirty_detail = NULL
WHERE story = :story;
UPDATE findings SET detail = 'erased' WHERE story = :id;
UPDATE decisions SET content_hash = NULL
WHERE
    story = :story
    AND (:contents IS NULL OR content_hash IN (SELECT value FROM json_each(:contents)));
UPDATE calls SET text = 'story ' || :id || ' was erased' WHERE about = :id OR instr(text, :id);
UPDATE reports SET words = 'erased', answer = CASE WHEN answer IS NOT NULL THEN 'erased' END
WHERE story = :id AND ticket IS NOT NULL;
UPDATE remarks SET words = 'erased', content_hash = NULL WHERE story = :story;
DELETE FROM story_names WHERE story = :story;
