-- What a machine noted beside the text of an edition (docs/reference/reading.md), compressed.
-- Derived from the text: a newer reader makes it anew.
ALTER TABLE editions ADD COLUMN notes_z BLOB;
