INSERT INTO decisions (story, at, id, kind, reason, made_by, content_hash, batch)
VALUES (:story, :at, :id, :kind, :reason, :by, :content_hash, :batch)
ON CONFLICT DO NOTHING;
