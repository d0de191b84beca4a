SELECT what, kind, sum(n)
FROM source_hours
WHERE source = :source AND hour >= :since
GROUP BY what, kind
ORDER BY what, kind;
