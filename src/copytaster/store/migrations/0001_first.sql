-- Instants are microseconds since 1970-01-01T00:00Z. Blobs named *_z are zlib streams.
-- docs/reference/store.md tells this schema in words.

CREATE TABLE sequence (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO sequence VALUES (1, 0);

-- How many there are, by name: kept by the triggers below, so that counting never scans.
CREATE TABLE tally (
    name TEXT PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

------------------------------------------------------------------------------ deliveries

CREATE TABLE raw (
    number INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    data_z BLOB NOT NULL
) STRICT;

CREATE TABLE deliveries (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    agency TEXT NOT NULL,
    received INTEGER NOT NULL,
    raw INTEGER NOT NULL REFERENCES raw (number),
    content_type TEXT,
    url TEXT,
    archive INTEGER NOT NULL,
    publish_after INTEGER,
    urgent INTEGER NOT NULL,
    -- what became of it:
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'dead')),
    stories TEXT NOT NULL DEFAULT '[]',
    aside TEXT NOT NULL DEFAULT '[]',
    error TEXT,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deliveries_waiting ON deliveries (urgent DESC, received, number)
    WHERE state = 'waiting';
CREATE INDEX deliveries_dead ON deliveries (number) WHERE state = 'dead';

CREATE TRIGGER deliveries_never_change
BEFORE UPDATE OF id, source, agency, received, raw, content_type, url, archive,
    publish_after, urgent ON deliveries
BEGIN
    SELECT RAISE(ABORT, 'a delivery never changes');
END;
CREATE TRIGGER deliveries_counted_in AFTER INSERT ON deliveries
BEGIN
    INSERT INTO tally VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER deliveries_counted_on AFTER UPDATE OF state ON deliveries
WHEN OLD.state <> NEW.state
BEGIN
    UPDATE tally SET n = n - 1 WHERE name = OLD.state;
    INSERT INTO tally VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

--------------------------------------------------------------------------------- stories

CREATE TABLE stories (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    agency TEXT NOT NULL,
    guid TEXT NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    reasons TEXT NOT NULL,
    cause TEXT NOT NULL,
    face TEXT NOT NULL,
    edition INTEGER NOT NULL,
    edition_hash TEXT,
    language TEXT,
    sections TEXT NOT NULL,
    drill INTEGER NOT NULL,
    first_public INTEGER,
    face_changed INTEGER,
    look_again INTEGER,
    substitute TEXT,
    -- how lists show it; a drill is in no list
    shown TEXT GENERATED ALWAYS AS (
        CASE
            WHEN drill THEN NULL
            WHEN face = 'live' THEN 'live'
            WHEN face IN ('hold', 'gone', 'legal') THEN 'notice'
        END
    ) VIRTUAL,
    UNIQUE (agency, guid),
    -- lists are ordered by these; a story without them would be in none
    CONSTRAINT a_public_face_has_the_instant_it_changed
        CHECK (face = 'none' OR face_changed IS NOT NULL),
    CONSTRAINT a_live_story_has_the_instant_it_was_first_public
        CHECK (face <> 'live' OR first_public IS NOT NULL)
) STRICT;
CREATE INDEX stories_front ON stories (shown, first_public) WHERE shown IS NOT NULL;
CREATE INDEX stories_feed ON stories (shown, face_changed) WHERE shown IS NOT NULL;
CREATE INDEX stories_agency_front ON stories (shown, agency, first_public)
    WHERE shown IS NOT NULL;
CREATE INDEX stories_agency_feed ON stories (shown, agency, face_changed)
    WHERE shown IS NOT NULL;
CREATE INDEX stories_due ON stories (look_again) WHERE look_again IS NOT NULL;

CREATE TABLE story_sections (
    story INTEGER NOT NULL REFERENCES stories (number),
    section TEXT NOT NULL,
    agency TEXT NOT NULL,
    shown TEXT NOT NULL,
    first_public INTEGER,
    face_changed INTEGER NOT NULL,
    PRIMARY KEY (story, section)
) STRICT, WITHOUT ROWID;
CREATE INDEX sections_front ON story_sections (section, shown, first_public, story, agency);
CREATE INDEX sections_feed ON story_sections (section, shown, face_changed, story, agency);

-- part n tells of the stories with number / 1000 = n; changed also when one leaves
CREATE TABLE sitemap_parts (
    part INTEGER PRIMARY KEY,
    changed INTEGER NOT NULL,
    stories INTEGER NOT NULL
) STRICT;

CREATE TRIGGER stories_counted_in AFTER INSERT ON stories
WHEN NOT NEW.drill
BEGIN
    INSERT INTO tally VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER stories_counted_on AFTER UPDATE ON stories
WHEN OLD.state <> NEW.state AND NOT NEW.drill
BEGIN
    UPDATE tally SET n = n - 1 WHERE name = OLD.state;
    INSERT INTO tally VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER stories_listed_in AFTER INSERT ON stories
WHEN NEW.shown IS NOT NULL
BEGIN
    INSERT OR IGNORE INTO story_sections
    SELECT NEW.number, value, NEW.agency, NEW.shown, NEW.first_public, NEW.face_changed
    FROM json_each(NEW.sections);
END;
CREATE TRIGGER stories_listed_on AFTER UPDATE ON stories
WHEN OLD.shown IS NOT NEW.shown
    OR OLD.face_changed IS NOT NEW.face_changed
    OR OLD.first_public IS NOT NEW.first_public
    OR OLD.sections <> NEW.sections
BEGIN
    DELETE FROM story_sections WHERE story = NEW.number;
    INSERT OR IGNORE INTO story_sections
    SELECT NEW.number, value, NEW.agency, NEW.shown, NEW.first_public, NEW.face_changed
    FROM json_each(NEW.sections)
    WHERE NEW.shown IS NOT NULL;
END;
CREATE TRIGGER stories_mapped_in AFTER INSERT ON stories
WHEN NEW.shown IS 'live'
BEGIN
    INSERT INTO sitemap_parts VALUES (NEW.number / 1000, NEW.face_changed, 1)
    ON CONFLICT DO UPDATE
    SET changed = max(changed, excluded.changed), stories = stories + 1;
END;
CREATE TRIGGER stories_mapped_on AFTER UPDATE ON stories
WHEN (OLD.shown IS 'live' OR NEW.shown IS 'live')
    AND (OLD.shown IS NOT NEW.shown OR OLD.face_changed IS NOT NEW.face_changed)
BEGIN
    INSERT INTO sitemap_parts VALUES (
        NEW.number / 1000, coalesce(NEW.face_changed, OLD.face_changed), NEW.shown IS 'live'
    )
    ON CONFLICT DO UPDATE SET
        changed = max(changed, excluded.changed),
        stories = stories + (NEW.shown IS 'live') - (OLD.shown IS 'live');
END;

-------------------------------------------------------------------- what bears on a story

CREATE TABLE messages (
    number INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories (number),
    identity BLOB NOT NULL,
    content_hash TEXT NOT NULL,
    source TEXT NOT NULL,
    received INTEGER NOT NULL,
    seen INTEGER,
    archive INTEGER NOT NULL,
    publish_after INTEGER,
    target TEXT,
    item_z BLOB NOT NULL,
    UNIQUE (story, identity)
) STRICT;

CREATE TABLE decisions (
    story INTEGER NOT NULL REFERENCES stories (number),
    at INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    content_hash TEXT,
    PRIMARY KEY (story, at, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE editions (
    story INTEGER NOT NULL REFERENCES stories (number),
    number INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    transform TEXT NOT NULL,
    made INTEGER NOT NULL,
    label TEXT NOT NULL,
    entry_z BLOB NOT NULL,
    files TEXT NOT NULL,
    PRIMARY KEY (story, number)
) STRICT;

CREATE TABLE events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL REFERENCES stories (number),
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    edition INTEGER,
    reason TEXT,
    note TEXT
) STRICT;
CREATE INDEX events_of_story ON events (story);

-------------------------------------------------------------------------- press and proof

CREATE TABLE work (
    story INTEGER PRIMARY KEY REFERENCES stories (number),
    kind TEXT NOT NULL CHECK (kind IN ('publish', 'withdraw')),
    since INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    due INTEGER
) STRICT;
CREATE INDEX work_in_turn ON work (kind DESC, since);
CREATE TRIGGER work_counted_in AFTER INSERT ON work
BEGIN
    INSERT INTO tally VALUES ('work', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER work_counted_out AFTER DELETE ON work
BEGIN
    UPDATE tally SET n = n - 1 WHERE name = 'work';
END;

CREATE TABLE receipts (
    story INTEGER NOT NULL REFERENCES stories (number),
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    since INTEGER NOT NULL,
    channel TEXT NOT NULL,
    seen INTEGER NOT NULL,
    clean INTEGER NOT NULL,
    status INTEGER,
    detail TEXT,
    PRIMARY KEY (story, address, kind, since)
) STRICT, WITHOUT ROWID;

------------------------------------------------------------------------------- the folder

CREATE TABLE source_states (
    source TEXT PRIMARY KEY,
    state BLOB NOT NULL
) STRICT;

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

---------------------------------------------------------------------------------- records

CREATE VIEW story_records AS
SELECT
    id, agency, guid, revision, number, state, reasons, cause, face, edition, edition_hash,
    language, sections, drill, first_public, face_changed, look_again, substitute, shown
FROM stories;

CREATE VIEW listed_stories AS
SELECT
    stories.id, stories.agency, stories.guid, stories.revision, stories.number,
    stories.state, stories.reasons, stories.cause, stories.face, stories.edition,
    stories.edition_hash, stories.language, stories.sections, stories.drill,
    stories.first_public, stories.face_changed, stories.look_again, stories.substitute,
    stories.shown,
    CASE stories.face WHEN 'live' THEN editions.entry_z END AS entry_z
FROM stories
LEFT JOIN editions ON editions.story = stories.number AND editions.number = stories.edition;
