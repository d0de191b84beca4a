SELECT id, kind, at, reason, made_by, content_hash, batch
FROM decisions
WHERE story = :story
ORDER BY at, id;
