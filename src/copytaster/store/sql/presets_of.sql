SELECT number, person, name, asked, shared FROM presets
WHERE person = :person OR shared
ORDER BY person <> :person, name, person
LIMIT :limit;
