UPDATE persons SET password = :password WHERE name = :name AND disabled IS NULL
