-- Whom a person is to be called for: kept with what it tells of, gone once a person was called.
-- A number is never given twice, so that a call made is not another one.

CREATE TABLE calls (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;

-- A dead letter that a person has read, and wants no more of: when, who, why. Its bytes and its
-- reason stay, and it can be read again.

ALTER TABLE deliveries ADD COLUMN dismissed_at INTEGER;
ALTER TABLE deliveries ADD COLUMN dismissed_by TEXT;
ALTER TABLE deliveries ADD COLUMN dismissed_why TEXT;
