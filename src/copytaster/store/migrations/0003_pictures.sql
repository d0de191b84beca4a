-- Pictures: what is known of their bytes (the bytes are files), where they hang, what was
-- said against them. docs/reference/store.md tells this in words.

CREATE TABLE pictures (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT GENERATED ALWAYS AS (substr(sha256, 1, 32)) VIRTUAL,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    likeness INTEGER,
    state TEXT NOT NULL CHECK (state IN ('good', 'suspended', 'withheld', 'killed')),
    reason TEXT,
    judged INTEGER,
    first_public INTEGER,
    since INTEGER,
    due INTEGER
) STRICT;
CREATE UNIQUE INDEX pictures_by_name ON pictures (name);
CREATE INDEX pictures_owed ON pictures (due) WHERE since IS NOT NULL;

CREATE TABLE story_pictures (
    story INTEGER NOT NULL REFERENCES stories (number),
    place INTEGER NOT NULL,
    agency TEXT NOT NULL,
    id TEXT NOT NULL,
    version TEXT,
    source TEXT NOT NULL,
    href TEXT NOT NULL,
    words TEXT NOT NULL,
    reasons TEXT NOT NULL,
    picture INTEGER REFERENCES pictures (number),
    attempts INTEGER NOT NULL,
    due INTEGER,
    error TEXT,
    PRIMARY KEY (story, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_pictures_wanted ON story_pictures (due)
    WHERE due IS NOT NULL AND picture IS NULL AND reasons = '[]';
CREATE INDEX story_pictures_of ON story_pictures (picture) WHERE picture IS NOT NULL;
CREATE INDEX story_pictures_named ON story_pictures (id, agency);

CREATE TABLE picture_kills (
    id TEXT PRIMARY KEY,
    agency TEXT,
    picture TEXT NOT NULL,
    at INTEGER NOT NULL,
    final INTEGER NOT NULL,
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_kills_named ON picture_kills (picture, agency);

CREATE VIEW picture_records AS
SELECT
    sha256, media_type, width, height, size, likeness, state, reason, judged, first_public,
    since, due, number AS picture_number, name
FROM pictures;

CREATE VIEW hung_pictures AS
SELECT
    stories.id AS story_id, hung.place, hung.agency, hung.id, hung.version, hung.source, hung.href,
    hung.words, hung.reasons, hung.attempts, hung.due, hung.error,
    pictures.sha256, pictures.media_type, pictures.width, pictures.height, pictures.size,
    pictures.likeness, pictures.state, pictures.reason, pictures.judged, pictures.first_public,
    pictures.since, pictures.due AS proof_due,
    stories.face, hung.story AS story_number, hung.picture AS picture_number
FROM story_pictures AS hung
JOIN stories ON stories.number = hung.story
LEFT JOIN pictures ON pictures.number = hung.picture;
