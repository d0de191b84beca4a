SELECT *
FROM hung_pictures
WHERE story_id IN (SELECT value FROM json_each(:stories))
    AND face = 'live' AND reasons = '[]' AND state = 'good'
ORDER BY story_number, place;
