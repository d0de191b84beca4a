-- What is told of each source, hour by hour (of UTC: microseconds / 3600000000), counted in the
-- commit that ends a delivery's way: `what` is counted (version, late, repair …), `kind` says which.
-- It names no story and quotes nothing.
CREATE TABLE source_hours (
    source TEXT NOT NULL,
    hour INTEGER NOT NULL,
    what TEXT NOT NULL,
    kind TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (source, hour, what, kind)
) STRICT, WITHOUT ROWID;

-- What each drill took, in seconds; `kinds`, as JSON: the slowest address of each kind.
CREATE TABLE drill_figures (
    began INTEGER PRIMARY KEY,
    outcome TEXT NOT NULL,
    slow REAL NOT NULL,
    to_publish REAL,
    to_clean REAL,
    kinds TEXT NOT NULL
) STRICT;

-- By day: what was taken back, what was corrected, and what was held.
CREATE INDEX events_killed ON events (at) WHERE kind = 'killed';
CREATE INDEX events_corrected ON events (at) WHERE kind = 'updated' AND reason = 'correction';
CREATE INDEX verdicts_held ON verdicts (at) WHERE state = 'held';
