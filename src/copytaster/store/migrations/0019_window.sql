-- The texts of the last days as shingles (reading/shingles.py), by which versions find one another.
-- Derived: made again from the messages, let go of after some days, and gone with what is erased.
-- A shingle is 32 bits, signed, so that it takes four bytes.

CREATE TABLE shingled (
    message INTEGER PRIMARY KEY REFERENCES messages (number),
    at INTEGER NOT NULL,
    scheme TEXT NOT NULL,
    -- its shingles once more, four bytes each, little-endian: without
    -- them, letting go of one text would be a walk through the shingles of all
    shingles BLOB NOT NULL
) STRICT;
CREATE INDEX shingled_by_time ON shingled (at, message);

-- message is one of shingled: not declared, because at every text that is let go of SQLite would
-- walk through all shingles to see that none refers to it.
CREATE TABLE shingles (
    shingle INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (shingle, message)
) STRICT, WITHOUT ROWID;
