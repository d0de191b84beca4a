INSERT INTO picture_kills (id, agency, picture, at, final, reason, made_by)
VALUES (:id, :agency, :picture, :at, :final, :reason, :by)
ON CONFLICT DO NOTHING;
