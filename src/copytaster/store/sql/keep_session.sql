-- Only for a person who is still as they were when they were let in.
INSERT INTO sessions (digest, person, created, seen, expires, agent, address)
SELECT :digest, name, :created, :seen, :expires, :agent, :address
FROM persons WHERE name = :person AND password = :password AND disabled IS NULL
