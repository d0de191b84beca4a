SELECT stories.id, at, said_by, kind, words, person, content_hash
FROM stories CROSS JOIN remarks ON remarks.story = stories.number
WHERE stories.id = :story
ORDER BY remarks.number DESC
LIMIT :limit;
