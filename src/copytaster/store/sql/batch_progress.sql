SELECT
    count(*),
    coalesce(sum(decided), 0),
    coalesce(sum(batch_stories.owed), 0),
    coalesce(sum(work.kind IS NOT NULL), 0)
FROM batch_stories LEFT JOIN work ON work.story = batch_stories.story AND work.bulk
WHERE batch = (SELECT number FROM batches WHERE id = :id);
