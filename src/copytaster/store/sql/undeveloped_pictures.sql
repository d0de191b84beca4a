SELECT *
FROM picture_records
WHERE recipe < :recipe AND state = 'good'
    AND picture_number IN (
        SELECT picture_number FROM hung_pictures WHERE face = 'live' AND reasons = '[]'
    )
ORDER BY picture_number DESC
LIMIT :limit;
