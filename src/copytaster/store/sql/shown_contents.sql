-- What editions were made from: their items, and the parts joined to them.
SELECT content_hash FROM editions WHERE story = :story
UNION
SELECT value FROM editions, json_each(editions.parts) WHERE editions.story = :story;
