-- A delivery names the stories that it bears on.
SELECT DISTINCT stories.guid
FROM deliveries, json_each(deliveries.stories) AS named
JOIN stories ON stories.id = named.value
WHERE
    deliveries.agency = :agency
    AND deliveries.received >= :since AND deliveries.received < :until
ORDER BY stories.guid;
