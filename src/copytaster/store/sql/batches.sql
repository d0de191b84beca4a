SELECT id, kind, reason, made_by, at, query, stories, undone_at, undone_by, undone_reason
FROM batches
ORDER BY number DESC
LIMIT :limit;
