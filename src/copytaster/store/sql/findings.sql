-- The open ones first, the gravest of them first; then the others, the latest first.
SELECT address, code, severity, story, detail, first_seen, last_seen, resolved
FROM (
    SELECT * FROM findings WHERE resolved IS NULL
    UNION ALL
    SELECT * FROM (
        SELECT * FROM findings WHERE resolved IS NOT NULL
        ORDER BY resolved DESC
        LIMIT :resolved
    )
)
ORDER BY
    resolved IS NOT NULL,
    resolved DESC,
    CASE severity WHEN 'critical' THEN 0 WHEN 'major' THEN 1 ELSE 2 END,
    first_seen,
    address,
    code
LIMIT :limit;
