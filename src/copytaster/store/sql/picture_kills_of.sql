SELECT id, agency, picture, at, final, reason, made_by
FROM picture_kills
WHERE picture IN (SELECT value FROM json_each(:ids)) AND agency = :agency
ORDER BY at, id;
