DELETE FROM tokens WHERE person = :person
