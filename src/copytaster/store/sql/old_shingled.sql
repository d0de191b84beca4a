-- Older than the window, or more than it holds; the oldest first.
SELECT message FROM shingled
WHERE
    at < :before
    OR (at, message) <= (
        SELECT at, message FROM shingled ORDER BY at DESC, message DESC LIMIT 1 OFFSET :most
    )
ORDER BY at, message
LIMIT :limit;
