SELECT id, kind, at, reason, made_by, content_hash, code, batch, substitute
FROM decisions
WHERE story = :story
ORDER BY at, id;
