SELECT position, event, edition, at, bytes
FROM log_leaves
WHERE story = (SELECT number FROM stories WHERE id = :id)
ORDER BY position;
