SELECT digest, person, created, seen, expires, agent, address
FROM sessions WHERE person = :person ORDER BY created DESC, digest
