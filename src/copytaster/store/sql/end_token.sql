DELETE FROM tokens WHERE person = :person AND name = :name
