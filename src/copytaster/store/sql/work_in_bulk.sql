-- What was put off is stepped over in the index: there may be thousands of it.
SELECT stories.id, kind, since, attempts, due, bulk
FROM work CROSS JOIN stories ON stories.number = work.story
WHERE bulk AND coalesce(due, 0) <= :now
ORDER BY coalesce(due, 0), since, work.story
LIMIT :limit;
