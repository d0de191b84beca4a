-- 'withdraw' sorts after 'publish': withdrawals come first. Nothing is put off by more than ten
-- minutes: what seems so was put off by a clock that has been set back since.
SELECT stories.id, kind, since, attempts, due, bulk
FROM work CROSS JOIN stories ON stories.number = work.story
WHERE NOT bulk AND (due IS NULL OR due <= :now OR due > :now + 600 * 1000000)
ORDER BY kind DESC, since, work.story
LIMIT :limit;
