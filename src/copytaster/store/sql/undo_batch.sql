UPDATE batches SET undone_at = :at, undone_by = :by, undone_reason = :reason
WHERE id = :id AND undone_at IS NULL;
