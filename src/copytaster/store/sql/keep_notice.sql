INSERT INTO notices (story, content_hash) VALUES (:story, :content_hash)
ON CONFLICT DO UPDATE SET content_hash = excluded.content_hash
RETURNING number;
