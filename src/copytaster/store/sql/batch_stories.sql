SELECT stories.id, stories.number
FROM batch_stories CROSS JOIN stories ON stories.number = batch_stories.story
WHERE batch = (SELECT number FROM batches WHERE id = :id) AND batch_stories.story > :after
ORDER BY batch_stories.story
LIMIT :limit;
