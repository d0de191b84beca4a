UPDATE persons SET shown = :shown, role = :role, password = :password, disabled = :disabled
WHERE name = :name
