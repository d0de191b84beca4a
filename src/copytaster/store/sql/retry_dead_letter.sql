UPDATE deliveries
SET
    state = 'waiting', error = NULL,
    dismissed_at = NULL, dismissed_by = NULL, dismissed_why = NULL
WHERE id = :id AND erased IS NULL AND (state = 'dead' OR dismissed_at IS NOT NULL);
