UPDATE persons SET shown = :shown, role = :role, password = :password, disabled = :disabled
WHERE name = :name AND shown = :was_shown AND role = :was_role AND password = :was_password
    AND disabled IS :was_disabled
