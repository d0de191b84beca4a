SELECT sequence, at, done_by, token, what, about, why, address
FROM deeds WHERE sequence < :before AND done_by = :by ORDER BY sequence DESC LIMIT :limit
