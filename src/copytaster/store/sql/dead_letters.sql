SELECT id, source, agency, received, error, attempts
FROM deliveries
WHERE state = 'dead'
ORDER BY number DESC
LIMIT :limit;
