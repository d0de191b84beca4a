SELECT source, received, seen, archive, publish_after, delivery, target, item_z
FROM messages
WHERE story = :story
ORDER BY number;
