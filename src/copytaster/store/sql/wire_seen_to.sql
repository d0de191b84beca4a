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
FROM seen_to
CROSS JOIN wire ON wire.story = seen_to.story AND wire.number < :before
CROSS JOIN story_records ON story_records.number = wire.story
WHERE seen_to.person = :person AND wire.state IN (SELECT value FROM json_each(:states))
ORDER BY wire.number DESC
LIMIT :limit;
