SELECT name, shown, role, password, created, disabled FROM persons WHERE name = :name
