SELECT digest, person, name, role, created, used, expires
FROM tokens WHERE person = coalesce(:person, person) ORDER BY person, name LIMIT :limit
