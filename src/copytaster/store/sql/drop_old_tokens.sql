DELETE FROM tokens WHERE expires <= :now
