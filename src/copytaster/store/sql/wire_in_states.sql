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
FROM (
    SELECT wire.number, wire.story, wire.at
    FROM json_each(:states) AS asked
    CROSS JOIN wire ON wire.state = asked.value AND wire.number < :before
    ORDER BY wire.number DESC
    LIMIT :limit
) AS wire
CROSS JOIN story_records ON story_records.number = wire.story
ORDER BY wire.number DESC
LIMIT :limit;
