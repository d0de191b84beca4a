SELECT * FROM wire_records
WHERE place IN (
    SELECT wire.number
    FROM seen_to
    CROSS JOIN wire ON wire.story = seen_to.story AND wire.number < :before
    WHERE seen_to.person = :person AND wire.state IN (SELECT value FROM json_each(:states))
    ORDER BY wire.number DESC
    LIMIT :limit
)
ORDER BY place DESC
LIMIT :limit;
