DELETE FROM sessions WHERE person = :person AND digest = coalesce(:only, digest)
