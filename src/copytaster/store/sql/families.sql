-- From :stories (a JSON array of ids) to their twins, and on from them, over live stories only, no
-- further than :most stories; and which of those are twins.
WITH RECURSIVE near (number) AS (
    SELECT stories.number
    FROM json_each(:stories) AS asked
    CROSS JOIN stories ON stories.id = asked.value AND stories.shown = 'live'
    UNION
    SELECT twins.other
    FROM near
    CROSS JOIN twins ON twins.story = near.number
    CROSS JOIN stories ON stories.number = twins.other AND stories.shown = 'live'
    LIMIT :most
),
reached (number) AS MATERIALIZED (SELECT number FROM near)
SELECT reached.number, twins.other
FROM reached
CROSS JOIN twins ON twins.story = reached.number
WHERE twins.other IN (SELECT number FROM reached)
ORDER BY 1, 2;
