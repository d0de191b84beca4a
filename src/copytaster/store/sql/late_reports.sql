-- 2: called for that it was not acknowledged in time; 3: that it was not decided in time.
SELECT kind, received, acknowledge_by, decide_by, acknowledged, answered, closed,
    ticket, called, story, words, name, email, answer
FROM reports
WHERE ticket IS NOT NULL AND answered IS NULL AND closed IS NULL
    AND (acknowledged IS NULL AND acknowledge_by < :now AND called < 2
        OR decide_by < :now AND called < 3)
ORDER BY received, number LIMIT :limit
