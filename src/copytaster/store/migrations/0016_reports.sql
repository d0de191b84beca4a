-- What readers report: their words and who they are for some weeks, and for good only of what
-- kind it was, when it came, and when the desk acknowledged and decided it. A report whose ticket
-- is NULL was forgotten: nothing of its sender is left in its row.

CREATE TABLE reports (
    number INTEGER PRIMARY KEY,
    ticket TEXT UNIQUE,
    kind TEXT NOT NULL,
    received INTEGER NOT NULL,
    acknowledge_by INTEGER,
    decide_by INTEGER,
    acknowledged INTEGER,
    answered INTEGER,
    closed INTEGER,
    called INTEGER NOT NULL DEFAULT 0,
    -- the id, not the number: a drill is forgotten whole, and a report of it may stay
    story TEXT,
    words TEXT,
    name TEXT,
    email TEXT,
    answer TEXT,
    CHECK (ticket IS NOT NULL OR coalesce(story, words, name, email, answer) IS NULL)
) STRICT;
CREATE INDEX reports_by_time ON reports (received, number);
CREATE INDEX reports_unsettled ON reports (received, number)
    WHERE ticket IS NOT NULL AND answered IS NULL AND closed IS NULL;
CREATE INDEX reports_named ON reports (received, number) WHERE ticket IS NOT NULL;
