-- The index hands out its rows newest first and stops at the last one wanted.
SELECT told.place, told.messages, story_records.*
FROM (
    SELECT rowid AS place FROM told_words
    WHERE told_words MATCH :match AND rowid >= :since AND rowid < :until
    ORDER BY rowid DESC
    LIMIT :limit
) AS page
CROSS JOIN told ON told.place = page.place
CROSS JOIN story_records ON story_records.number = told.story
ORDER BY page.place DESC;
