-- The first place that is free, where a thousand stories share one microsecond.
SELECT taken.place + 1
FROM told AS taken
WHERE
    taken.place >= :base
    AND NOT EXISTS (SELECT 1 FROM told WHERE place = taken.place + 1)
ORDER BY taken.place
LIMIT 1;
