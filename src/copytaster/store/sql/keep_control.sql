INSERT INTO log_leaves (position, story, event, edition, at, bytes)
VALUES (
    (SELECT coalesce(max(position) + 1, 0) FROM log_leaves), NULL, :event, NULL, :at, :bytes
)
ON CONFLICT (event) WHERE story IS NULL DO NOTHING
RETURNING position;
