DELETE FROM invitations WHERE made_by = :person OR name = :person
