-- Stories by their number, narrowed by agency, and by how and when a version came.
SELECT story_records.*
FROM story_records
WHERE
    number > :after
    AND (:agencies IS NULL OR agency IN (SELECT value FROM json_each(:agencies)))
    AND (
        (:sources IS NULL AND :since IS NULL AND :until IS NULL)
        OR (
            EXISTS (
                SELECT 1 FROM messages
                WHERE
                    story = story_records.number
                    AND (:sources IS NULL OR source IN (SELECT value FROM json_each(:sources)))
            )
            AND EXISTS (
                SELECT 1 FROM messages
                WHERE story = story_records.number AND (:since IS NULL OR received >= :since)
            )
            AND EXISTS (
                SELECT 1 FROM messages
                WHERE story = story_records.number AND (:until IS NULL OR received < :until)
            )
        )
    )
ORDER BY number
LIMIT :limit;
