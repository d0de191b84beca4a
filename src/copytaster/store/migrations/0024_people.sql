-- The persons of the editors' app: who may sign in, as what, and what was done by whom. Nothing
-- that opens anything is in it: of passwords an Argon2id string, of everything else a SHA-256.

CREATE TABLE persons (
    name TEXT PRIMARY KEY,
    shown TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'chief', 'admin')),
    password TEXT NOT NULL,
    created INTEGER NOT NULL,
    disabled INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES persons (name),
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    agent TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_person ON sessions (person, created);

CREATE TABLE tokens (
    digest TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES persons (name),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'chief', 'admin')),
    created INTEGER NOT NULL,
    used INTEGER,
    expires INTEGER NOT NULL,
    UNIQUE (person, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    digest TEXT PRIMARY KEY,
    -- NULL: whoever opens it chooses
    name TEXT,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'chief', 'admin')),
    -- 1: for a new password of a person there is
    resets INTEGER NOT NULL,
    -- 1: only while there is no person at all
    first INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    CHECK (NOT resets OR name IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX invitation_of_name ON invitations (name) WHERE name IS NOT NULL;

-- The audit trail. It names persons, stories and addresses, and quotes no copy.
CREATE TABLE deeds (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    done_by TEXT NOT NULL,
    token TEXT,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    why TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX deeds_of_person ON deeds (done_by, sequence);
CREATE INDEX deeds_about ON deeds (about, sequence);
CREATE TRIGGER deeds_stay BEFORE DELETE ON deeds
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END;
CREATE TRIGGER deeds_never_change BEFORE UPDATE ON deeds
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END;
