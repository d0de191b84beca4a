-- :stories is a JSON array of public ids.
SELECT * FROM wire_records
WHERE place IN (
    SELECT wire.number
    FROM json_each(:stories) AS asked
    CROSS JOIN stories ON stories.id = asked.value
    CROSS JOIN wire ON wire.story = stories.number
)
ORDER BY place DESC;
