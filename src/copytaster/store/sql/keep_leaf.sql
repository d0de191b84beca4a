INSERT INTO log_leaves (position, story, event, edition, at, bytes)
VALUES (
    (SELECT coalesce(max(position) + 1, 0) FROM log_leaves),
    :story, :event, :edition, :at, :bytes
)
RETURNING position;
