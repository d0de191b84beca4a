SELECT :id, kind, at, edition, reason, note, sequence
FROM events
WHERE story = (SELECT number FROM stories WHERE id = :id) AND sequence > :since
ORDER BY sequence
LIMIT :limit;
