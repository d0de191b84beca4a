-- Searches that editors keep, each under a name of its own to whoever keeps it.

CREATE TABLE presets (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    asked TEXT NOT NULL,
    shared INTEGER NOT NULL,
    UNIQUE (person, name)
) STRICT;
