DELETE FROM invitations WHERE digest = :digest
