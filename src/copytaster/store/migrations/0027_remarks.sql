-- What editors say to each other of a story: notes, whose it is to see to, releases that somebody
-- else is asked to agree to. Nothing of it is public, and nothing of it is a decision.

CREATE TABLE remarks (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL REFERENCES stories (number),
    at INTEGER NOT NULL,
    said_by TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'given', 'asked')),
    words TEXT NOT NULL,
    -- given: to whom; NULL: to nobody any more
    person TEXT,
    -- asked: of which content
    content_hash TEXT
) STRICT;
CREATE INDEX remarks_of_story ON remarks (story, number);

CREATE TABLE seen_to (
    story INTEGER PRIMARY KEY REFERENCES stories (number),
    person TEXT NOT NULL
) STRICT;
CREATE INDEX seen_to_by ON seen_to (person);
