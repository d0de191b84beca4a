SELECT name, shown, role, password, created, disabled FROM persons ORDER BY name LIMIT :limit
