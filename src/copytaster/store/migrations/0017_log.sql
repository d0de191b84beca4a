-- The public log: its entries in their order, and what opens the commitments in them. An entry
-- is what anybody may read for good; salts and what they hide stand apart, so that erasure can
-- destroy them and leave every proof valid (docs/reference/log.md).

-- The numbers under which the log knows agencies.
CREATE TABLE log_feeds (
    number INTEGER PRIMARY KEY,
    agency TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE log_leaves (
    position INTEGER PRIMARY KEY CHECK (position >= 0),
    -- NULL: a control entry
    story INTEGER REFERENCES stories (number),
    -- what happened; of a control entry what it tells of, so that it is told once
    event TEXT NOT NULL,
    edition INTEGER,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX log_leaves_of_story ON log_leaves (story, position) WHERE story IS NOT NULL;
CREATE UNIQUE INDEX log_controls ON log_leaves (event) WHERE story IS NULL;
CREATE INDEX log_leaves_of_day ON log_leaves (at);

-- Whoever has the log's files has these bytes: another entry in the place of one is a fork.
CREATE TRIGGER log_leaves_never_change BEFORE UPDATE ON log_leaves
BEGIN
    SELECT RAISE(ABORT, 'an entry of the log never changes');
END;
CREATE TRIGGER log_leaves_never_go BEFORE DELETE ON log_leaves
BEGIN
    SELECT RAISE(ABORT, 'an entry of the log is never taken out');
END;

-- Salts of 32 bytes each; NULL where the entry commits to no such thing.
CREATE TABLE log_openings (
    position INTEGER PRIMARY KEY REFERENCES log_leaves (position),
    raw BLOB,
    text BLOB,
    meta BLOB,
    ids BLOB,
    -- what the meta commitment is over
    told BLOB
) STRICT;

-- A day's deliveries of one agency are counted.
CREATE INDEX deliveries_of_day ON deliveries (agency, received);
