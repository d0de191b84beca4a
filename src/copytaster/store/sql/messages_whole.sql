SELECT number, content_hash, delivery, target, item_z FROM messages
WHERE story = :story
ORDER BY number;
