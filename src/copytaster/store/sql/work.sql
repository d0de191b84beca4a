-- 'withdraw' sorts after 'publish': withdrawals come first.
SELECT stories.id, kind, since, attempts, due
FROM work CROSS JOIN stories ON stories.number = work.story
WHERE due IS NULL OR due <= :now
ORDER BY kind DESC, since, work.story
LIMIT :limit;
