-- The pages of live twins. Whatever is owed already says more than that a page is to be made again.
INSERT INTO work (story, kind, since, attempts, due)
SELECT beside.number, 'publish', :at, 0, NULL
FROM stories
CROSS JOIN twins ON twins.story = stories.number
CROSS JOIN stories AS beside ON beside.number = twins.other AND beside.shown = 'live'
WHERE stories.id = :story
ON CONFLICT DO NOTHING;
