UPDATE deliveries
SET state = 'taken', dismissed_at = :at, dismissed_by = :by, dismissed_why = :why
WHERE id = :id AND state = 'dead';
