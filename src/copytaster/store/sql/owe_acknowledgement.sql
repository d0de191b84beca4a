-- Only while the withdrawal is the newest work of its story: one that was overtaken says nothing
-- about what its addresses show now.
INSERT INTO acknowledgements (
    story, suspended, route, received, clean, state, notices, addresses, due
)
SELECT
    stories.number, :suspended, :route, :received, :clean, :state, :notices, :addresses, :due
FROM stories JOIN work ON work.story = stories.number
WHERE stories.id = :story AND 'withdraw' = :kind AND work.kind = :kind AND work.since = :since
ON CONFLICT DO NOTHING;
