-- The chains of stories: one clock for all stories of an event (docs/reference/rights.md).
-- began: the story's first version, by the agency's dates.
CREATE TABLE chains (
    agency TEXT NOT NULL,
    chain TEXT NOT NULL,
    story INTEGER NOT NULL REFERENCES stories (number),
    began INTEGER NOT NULL,
    PRIMARY KEY (agency, chain, story)
) STRICT, WITHOUT ROWID;
