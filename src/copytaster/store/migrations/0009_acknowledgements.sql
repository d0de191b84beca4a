-- What agencies are to be told once a withdrawal they asked for was seen clean everywhere, and
-- what became of it. One row for each withdrawal and way: a withdrawal is told from another by
-- when the story's face changed, so that pressing the same notice again owes nothing again.

CREATE TABLE acknowledgements (
    story INTEGER NOT NULL REFERENCES stories (number),
    suspended INTEGER NOT NULL,
    route TEXT NOT NULL CHECK (route IN ('email', 'webhook')),
    received INTEGER NOT NULL,
    clean INTEGER NOT NULL,
    state TEXT NOT NULL,
    notices TEXT NOT NULL,
    addresses INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- when to try (again); NULL once it was sent or given up
    due INTEGER,
    ended INTEGER,
    sent_to TEXT,
    detail TEXT,
    PRIMARY KEY (story, suspended, route)
) STRICT, WITHOUT ROWID;
CREATE INDEX acknowledgements_owed ON acknowledgements (due) WHERE due IS NOT NULL;
