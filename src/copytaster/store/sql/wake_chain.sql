-- The clock of the chain may have moved for each of its stories: look at all of them at once.
UPDATE stories SET look_again = 0
WHERE
    look_again IS NOT NULL
    AND number IN (SELECT story FROM chains WHERE agency = :agency AND chain = :chain)
    AND (SELECT count(*) FROM chains WHERE agency = :agency AND chain = :chain) > 1;
