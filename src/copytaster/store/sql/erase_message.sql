UPDATE messages
SET identity = randomblob(16), content_hash = :content_hash, target = :target, item_z = :item_z
WHERE number = :number;
