-- What the patrol saw that should not be. One row from the first sight of a fault at an address
-- until it was seen gone; what comes back later is a row of its own.

CREATE TABLE findings (
    number INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('critical', 'major', 'minor')),
    -- the story's id, not its number: a finding outlives a drill
    story TEXT,
    detail TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    resolved INTEGER
) STRICT;
CREATE UNIQUE INDEX findings_open ON findings (address, code) WHERE resolved IS NULL;
CREATE INDEX findings_resolved ON findings (resolved) WHERE resolved IS NOT NULL;

CREATE INDEX stories_drills ON stories (number) WHERE drill;
-- a story that is forgotten takes its names with it
CREATE INDEX story_names_of_story ON story_names (story);
