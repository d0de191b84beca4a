-- A story at its place on the wire, with what it said last: a notice where nothing else came.
CREATE VIEW wire_records AS
SELECT
    wire.number AS place,
    wire.at AS wired_at,
    (
        SELECT item_z FROM messages
        WHERE messages.story = wire.story
        ORDER BY target IS NOT NULL, messages.number DESC
        LIMIT 1
    ) AS item_z,
    (
        SELECT count(*) FROM messages WHERE messages.story = wire.story AND target IS NULL
    ) AS versions,
    story_records.*
FROM wire CROSS JOIN story_records ON story_records.number = wire.story;
