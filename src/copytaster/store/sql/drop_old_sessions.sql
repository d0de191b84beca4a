DELETE FROM sessions
WHERE expires <= :now OR digest IN (
    SELECT digest FROM sessions WHERE person = :person
    ORDER BY created DESC, digest LIMIT -1 OFFSET :others
)
