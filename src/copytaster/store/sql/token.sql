SELECT t.digest, t.person, t.name, t.role, t.created, t.used, t.expires,
    p.name, p.shown, p.role, p.password, p.created, p.disabled
FROM tokens AS t JOIN persons AS p ON p.name = t.person
WHERE t.digest = :digest
