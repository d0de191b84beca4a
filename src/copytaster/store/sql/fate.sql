SELECT
    id, state, received, stories, aside, error, attempts, erased,
    dismissed_at, dismissed_by, dismissed_why
FROM deliveries WHERE id = :id;
