-- The desk's search: every story, public or not, by what it says now and what is known of it.
-- `place` orders by when that came: microseconds × 1024, and a running number among those of one
-- microsecond. `messages`: the numbers of those that say it, as JSON. `standing`: what the index has of the
-- record, its state and its sections.
CREATE TABLE told (
    place INTEGER PRIMARY KEY,
    story INTEGER NOT NULL UNIQUE REFERENCES stories (number),
    came INTEGER NOT NULL,
    messages TEXT NOT NULL,
    standing TEXT NOT NULL
) STRICT;

-- Words come folded (text/_fold.py); `|` stands between stretches that no phrase crosses. `marks`
-- are facts, each a word that is spelt like no other. It keeps no text; what is deleted from it is
-- only marked so until it is merged, and an erasure merges all of it (decisions/0016).
CREATE VIRTUAL TABLE told_words USING fts5(
    headline, seen, slug, byline, names, subjects, marks,
    content = '', contentless_delete = 1, tokenize = "ascii tokenchars '|'"
);

-- Stories of before are told by the desk, from this number to that one (newsroom/_telling.py).
INSERT INTO settings
SELECT 'telling', '0/' || max(number) FROM stories HAVING max(number) IS NOT NULL;
