SELECT address, code, severity, story, detail, first_seen, last_seen, resolved
FROM findings
WHERE address = :address AND resolved IS NULL
ORDER BY code;
