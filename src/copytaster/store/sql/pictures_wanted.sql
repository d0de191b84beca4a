SELECT *
FROM hung_pictures
WHERE due IS NOT NULL AND due <= :now AND picture_number IS NULL AND reasons = '[]'
    AND face = 'live'
ORDER BY due, story_number, place
LIMIT :limit;
