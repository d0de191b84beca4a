-- Steps from one batch to the next in the index instead of walking their stories.
WITH RECURSIVE step (batch) AS (
    SELECT min(batch) FROM batch_stories WHERE owed
    UNION ALL
    SELECT (SELECT min(batch) FROM batch_stories WHERE owed AND batch > step.batch)
    FROM step
    WHERE step.batch IS NOT NULL
)
SELECT id, kind, reason, made_by, at, query, stories, undone_at, undone_by, undone_reason
FROM step JOIN batches ON batches.number = step.batch
ORDER BY number;
