INSERT INTO invitations (digest, name, role, resets, first, made_by, created, expires)
VALUES (:digest, :name, :role, :resets, :first, :by, :created, :expires)
