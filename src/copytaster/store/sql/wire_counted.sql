SELECT count(*) FROM (
    SELECT 1
    FROM json_each(:states) AS asked
    CROSS JOIN wire ON wire.state = asked.value
    LIMIT :most
);
