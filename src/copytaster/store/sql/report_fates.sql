SELECT kind, received, acknowledge_by, decide_by, acknowledged, answered, closed
FROM reports
WHERE received >= :since AND received < :until
ORDER BY received, number
