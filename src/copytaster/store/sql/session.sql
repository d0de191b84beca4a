SELECT s.digest, s.person, s.created, s.seen, s.expires, s.agent, s.address,
    p.name, p.shown, p.role, p.password, p.created, p.disabled
FROM sessions AS s JOIN persons AS p ON p.name = s.person
WHERE s.digest = :digest
