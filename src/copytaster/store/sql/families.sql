-- From each of :stories (a JSON array of ids) to its twins, and on from them, over live stories only.
WITH RECURSIVE near (root, number) AS (
    SELECT stories.number, stories.number
    FROM json_each(:stories) AS asked
    CROSS JOIN stories ON stories.id = asked.value AND stories.shown = 'live'
    UNION
    SELECT near.root, twins.other
    FROM near
    CROSS JOIN twins ON twins.story = near.number
    CROSS JOIN stories ON stories.number = twins.other AND stories.shown = 'live'
    LIMIT :most
)
SELECT root, number FROM near;
