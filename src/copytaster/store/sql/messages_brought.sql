-- What these deliveries brought of these stories.
SELECT messages.number, stories.id, delivery, item_z
FROM stories CROSS JOIN messages ON messages.story = stories.number
WHERE
    stories.id IN (SELECT value FROM json_each(:stories))
    AND delivery IN (SELECT value FROM json_each(:deliveries));
