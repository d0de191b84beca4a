INSERT INTO batches (id, kind, reason, made_by, at, query, stories)
VALUES (:id, :kind, :reason, :by, :at, :query, :stories);
