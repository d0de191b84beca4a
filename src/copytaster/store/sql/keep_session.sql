INSERT INTO sessions (digest, person, created, seen, expires, agent, address)
VALUES (:digest, :person, :created, :seen, :expires, :agent, :address)
