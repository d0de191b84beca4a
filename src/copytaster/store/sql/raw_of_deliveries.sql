-- The same bytes sent twice are kept once, and are destroyed for both.
SELECT raw.number, lower(hex(raw.sha256)), same.id, same.stories
FROM raw CROSS JOIN deliveries AS same ON same.raw = raw.number
WHERE raw.number IN (
    SELECT raw FROM deliveries WHERE id IN (SELECT value FROM json_each(:deliveries))
)
ORDER BY same.number;
