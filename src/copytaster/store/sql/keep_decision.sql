INSERT INTO decisions (story, at, id, kind, reason, made_by, content_hash)
VALUES (:story, :at, :id, :kind, :reason, :by, :content_hash)
ON CONFLICT DO NOTHING;
