-- :stories is a JSON array of public ids.
SELECT
    stories.id,
    (SELECT person FROM seen_to WHERE story = stories.number),
    count(*) FILTER (WHERE remarks.kind = 'note'),
    (
        SELECT said_by FROM remarks
        WHERE story = stories.number AND kind = 'asked'
        ORDER BY number DESC
        LIMIT 1
    )
FROM json_each(:stories) AS asked
CROSS JOIN stories ON stories.id = asked.value
CROSS JOIN remarks ON remarks.story = stories.number
GROUP BY stories.number;
