-- By what a notice may call a story, and what notices still look for. A name is a digest of
-- (agency, kind, folded words): only the newsroom knows what it says.

CREATE TABLE story_names (
    name INTEGER NOT NULL,
    story INTEGER NOT NULL REFERENCES stories (number),
    -- when the first and the last version of that name moved
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (name, story)
) STRICT, WITHOUT ROWID;

-- A notice is a message of its own story; here stands that it looks for others.
CREATE TABLE notices (
    number INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories (number),
    content_hash TEXT NOT NULL,
    UNIQUE (story, content_hash)
) STRICT;

CREATE TABLE notice_names (
    name INTEGER NOT NULL,
    notice INTEGER NOT NULL REFERENCES notices (number),
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (name, notice)
) STRICT, WITHOUT ROWID;

-- Why the desk made a hold by itself; none for an editor's.
ALTER TABLE decisions ADD COLUMN code TEXT;
