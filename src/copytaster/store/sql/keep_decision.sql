INSERT INTO decisions (story, at, id, kind, reason, made_by, content_hash, code)
VALUES (:story, :at, :id, :kind, :reason, :by, :content_hash, :code)
ON CONFLICT DO NOTHING;
