INSERT INTO tokens (digest, person, name, role, created, used, expires)
VALUES (:digest, :person, :name, :role, :created, :used, :expires)
