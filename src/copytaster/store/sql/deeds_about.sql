SELECT sequence, at, done_by, token, what, about, why, address
FROM deeds WHERE sequence < :before AND about = :about ORDER BY sequence DESC LIMIT :limit
