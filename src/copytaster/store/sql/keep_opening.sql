INSERT INTO log_openings (position, raw, text, meta, ids, told)
VALUES (:position, :raw, :text, :meta, :ids, :told);
