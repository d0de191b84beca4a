UPDATE stories SET look_again = :at WHERE agency = :agency AND state <> 'killed';
