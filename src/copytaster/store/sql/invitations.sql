SELECT digest, name, role, resets, first, made_by, created, expires
FROM invitations ORDER BY created DESC, digest LIMIT :limit
