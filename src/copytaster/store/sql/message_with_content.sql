-- A version before a notice, the newest before older ones.
SELECT source, received, seen, archive, publish_after, delivery, target, item_z
FROM messages
WHERE story = (SELECT number FROM stories WHERE id = :id) AND content_hash = :content_hash
ORDER BY target IS NOT NULL, number DESC
LIMIT 1;
