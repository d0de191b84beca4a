INSERT INTO story_names (name, story, first, last)
VALUES (:name, :story, :first, :last)
ON CONFLICT DO UPDATE
SET first = min(first, excluded.first), last = max(last, excluded.last);
