SELECT * FROM wire_records
WHERE place IN (
    SELECT wire.number
    FROM json_each(:states) AS asked
    CROSS JOIN wire ON wire.state = asked.value AND wire.number < :before
    ORDER BY wire.number DESC
    LIMIT :limit
)
ORDER BY place DESC
LIMIT :limit;
