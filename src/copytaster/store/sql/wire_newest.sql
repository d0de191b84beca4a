SELECT
    wire.number,
    wire.at,
    (
        SELECT item_z FROM messages
        WHERE messages.story = wire.story
        ORDER BY target IS NOT NULL, messages.number DESC
        LIMIT 1
    ),
    (SELECT count(*) FROM messages WHERE messages.story = wire.story AND target IS NULL),
    story_records.*
FROM wire
CROSS JOIN story_records ON story_records.number = wire.story
WHERE wire.number < :before
ORDER BY wire.number DESC
LIMIT :limit;
