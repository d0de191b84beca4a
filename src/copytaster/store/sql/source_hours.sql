SELECT received / 3600000000, count(*)
FROM deliveries
WHERE source = :source AND received >= :since
GROUP BY 1
ORDER BY 1;
