SELECT kind, received, acknowledge_by, decide_by, acknowledged, answered, closed,
    ticket, called, story, words, name, email, answer
FROM reports
WHERE ticket IS NOT NULL AND answered IS NULL AND closed IS NULL AND called = 0
ORDER BY received, number LIMIT :limit
