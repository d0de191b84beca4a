-- What happened on the wire, newest last: each story once, at the place of the last thing that
-- happened to it. Numbers only grow, so that whoever knows one can be told what came since.

CREATE TABLE wire (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL UNIQUE REFERENCES stories (number),
    at INTEGER NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX wire_by_state ON wire (state, number);

INSERT INTO wire (story, at, state)
SELECT
    number,
    coalesce((SELECT max(received) FROM messages WHERE messages.story = stories.number), 0) AS at,
    state
FROM stories
WHERE NOT drill
ORDER BY at, number;
