INSERT INTO decisions (story, at, id, kind, reason, made_by, content_hash, code, batch, substitute)
VALUES (:story, :at, :id, :kind, :reason, :by, :content_hash, :code, :batch, :substitute)
ON CONFLICT DO NOTHING;
