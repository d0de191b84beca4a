-- A recall: one order about many stories, carried out lot by lot, and what is still to be done.

CREATE TABLE batches (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('hold', 'kill')),
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    at INTEGER NOT NULL,
    query TEXT NOT NULL,
    stories INTEGER NOT NULL,
    undone_at INTEGER,
    undone_by TEXT,
    undone_reason TEXT
) STRICT;

-- decided: the batch's decision on the story stands; owed: the next one is still to be made
CREATE TABLE batch_stories (
    batch INTEGER NOT NULL REFERENCES batches (number),
    story INTEGER NOT NULL REFERENCES stories (number),
    decided INTEGER NOT NULL DEFAULT 0,
    owed INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (batch, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_stories_owed ON batch_stories (batch, story) WHERE owed;

ALTER TABLE decisions ADD COLUMN batch TEXT;
CREATE TRIGGER decisions_of_a_batch AFTER INSERT ON decisions
WHEN NEW.batch IS NOT NULL
BEGIN
    UPDATE batch_stories SET decided = NEW.kind <> 'undo', owed = 0
    WHERE batch = (SELECT number FROM batches WHERE id = NEW.batch) AND story = NEW.story;
END;

-- What belongs to a batch is pressed beside everything else, so that a single kill overtakes it.
ALTER TABLE work ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0;
DROP INDEX work_in_turn;
CREATE INDEX work_in_turn ON work (kind DESC, since) WHERE NOT bulk;
CREATE INDEX work_in_bulk ON work (coalesce(due, 0), since) WHERE bulk;
