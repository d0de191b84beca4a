INSERT INTO notice_names (name, notice, since, until)
VALUES (:name, :notice, :since, :until)
ON CONFLICT DO NOTHING;
