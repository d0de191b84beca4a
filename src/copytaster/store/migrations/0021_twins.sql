-- Stories whose texts are versions of one (reading/twins.py), each pair from both sides. Derived
-- from the texts: shares and no words. Rows are written and dropped in pairs, so that `other` needs
-- no index of its own.

CREATE TABLE twins (
    story INTEGER NOT NULL REFERENCES stories (number),
    other INTEGER NOT NULL,
    in_other REAL NOT NULL,
    of_other REAL NOT NULL,
    is_top INTEGER NOT NULL,
    link TEXT,
    scheme TEXT NOT NULL,
    PRIMARY KEY (story, other)
) STRICT, WITHOUT ROWID;
