SELECT count(*)
FROM deliveries
WHERE agency = :agency AND received >= :since AND received < :until;
