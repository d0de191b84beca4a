DELETE FROM invitations
WHERE expires <= :created OR name = :name OR (first AND :first)
