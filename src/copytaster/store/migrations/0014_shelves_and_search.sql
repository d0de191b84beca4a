-- A story is filed on shelves: `section/sport`, `topic/20000002`, `place/new-delhi`. What were its
-- sections becomes the first of them.

DROP TRIGGER stories_listed_in;
DROP TRIGGER stories_listed_on;
DROP TABLE story_sections;
ALTER TABLE stories RENAME COLUMN sections TO shelves;
UPDATE stories
SET shelves = (SELECT json_group_array('section/' || value) FROM json_each(stories.shelves))
WHERE shelves <> '[]';

CREATE TABLE story_shelves (
    story INTEGER NOT NULL REFERENCES stories (number),
    shelf TEXT NOT NULL,
    agency TEXT NOT NULL,
    shown TEXT NOT NULL,
    first_public INTEGER,
    face_changed INTEGER NOT NULL,
    PRIMARY KEY (story, shelf)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO story_shelves
SELECT number, value, agency, shown, first_public, face_changed
FROM stories, json_each(stories.shelves)
WHERE shown IS NOT NULL;
CREATE INDEX shelves_front ON story_shelves (shelf, shown, first_public, story, agency);
CREATE INDEX shelves_feed ON story_shelves (shelf, shown, face_changed, story, agency);

CREATE TRIGGER stories_shelved_in AFTER INSERT ON stories
WHEN NEW.shown IS NOT NULL
BEGIN
    INSERT OR IGNORE INTO story_shelves
    SELECT NEW.number, value, NEW.agency, NEW.shown, NEW.first_public, NEW.face_changed
    FROM json_each(NEW.shelves);
END;
CREATE TRIGGER stories_shelved_on AFTER UPDATE ON stories
WHEN OLD.shown IS NOT NEW.shown
    OR OLD.face_changed IS NOT NEW.face_changed
    OR OLD.first_public IS NOT NEW.first_public
    OR OLD.shelves <> NEW.shelves
BEGIN
    DELETE FROM story_shelves WHERE story = NEW.number;
    INSERT OR IGNORE INTO story_shelves
    SELECT NEW.number, value, NEW.agency, NEW.shown, NEW.first_public, NEW.face_changed
    FROM json_each(NEW.shelves)
    WHERE NEW.shown IS NOT NULL;
END;

-- Readers' search. `place` orders what is found by first publication: microseconds × 1024, and a
-- running number among those of one microsecond; a story keeps it for good. `words_z` is what
-- stands in the index, folded, as JSON; NULL while the story is not live.
CREATE TABLE findable (
    place INTEGER PRIMARY KEY,
    story INTEGER NOT NULL UNIQUE REFERENCES stories (number),
    words_z BLOB
) STRICT;

-- Words come folded (text/_fold.py), so the index only has to split at blanks, and means what a
-- query means in memory. secure-delete: words that are taken out are not left in its blocks.
CREATE VIRTUAL TABLE found USING fts5(
    headline, byline, body, filed, content = '', tokenize = 'ascii'
);
INSERT INTO found (found, rank) VALUES ('secure-delete', 1);

-- Stories of before are filed by the desk, from this number to that one (newsroom/filing.py).
INSERT INTO settings
SELECT 'filing', '0/' || max(number) FROM stories HAVING max(number) IS NOT NULL;
