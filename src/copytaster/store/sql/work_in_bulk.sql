-- What was put off is stepped over in the index: there may be thousands of it. Nothing is put off
-- by more than ten minutes: what seems so was put off by a clock that has been set back since.
SELECT stories.id, kind, since, attempts, due, bulk
FROM (
    SELECT * FROM (
        SELECT * FROM work
        WHERE bulk AND coalesce(due, 0) <= :now
        ORDER BY coalesce(due, 0), since, story
        LIMIT :limit
    )
    UNION ALL
    SELECT * FROM (
        SELECT * FROM work
        WHERE bulk AND coalesce(due, 0) > :now + 600 * 1000000
        ORDER BY coalesce(due, 0), since, story
        LIMIT :limit
    )
) AS owed
CROSS JOIN stories ON stories.number = owed.story
ORDER BY coalesce(due, 0), since, owed.story
LIMIT :limit;
