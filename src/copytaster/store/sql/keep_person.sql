INSERT INTO persons (name, shown, role, password, created, disabled)
VALUES (:name, :shown, :role, :password, :created, :disabled)
