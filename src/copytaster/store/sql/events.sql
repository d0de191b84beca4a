SELECT stories.id, events.kind, at, events.edition, reason, note, sequence
FROM events CROSS JOIN stories ON stories.number = events.story
WHERE sequence > :since
ORDER BY sequence
LIMIT :limit;
