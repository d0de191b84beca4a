-- 'withdraw' sorts after 'publish': withdrawals come first.
SELECT stories.id, kind, since, attempts, due, bulk
FROM work CROSS JOIN stories ON stories.number = work.story
WHERE NOT bulk AND (due IS NULL OR due <= :now)
ORDER BY kind DESC, since, work.story
LIMIT :limit;
