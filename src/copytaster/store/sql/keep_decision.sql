INSERT INTO decisions (story, at, id, kind, reason, made_by, content_hash, code, batch)
VALUES (:story, :at, :id, :kind, :reason, :by, :content_hash, :code, :batch)
ON CONFLICT DO NOTHING;
