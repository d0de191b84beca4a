UPDATE batch_stories SET owed = decided
WHERE batch = (SELECT number FROM batches WHERE id = :id);
