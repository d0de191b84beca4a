-- :stories is a JSON array of public ids.
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
FROM json_each(:stories) AS asked
CROSS JOIN stories ON stories.id = asked.value
CROSS JOIN wire ON wire.story = stories.number
CROSS JOIN story_records ON story_records.number = wire.story
ORDER BY wire.number DESC;
