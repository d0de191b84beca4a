SELECT digest, name, role, resets, first, made_by, created, expires
FROM invitations WHERE digest = :digest
