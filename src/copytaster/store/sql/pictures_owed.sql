SELECT *
FROM picture_records
WHERE since IS NOT NULL AND due <= :now
ORDER BY since, picture_number
LIMIT :limit;
