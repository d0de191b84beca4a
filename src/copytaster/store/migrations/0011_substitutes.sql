-- The story that an editor's kill names to be read instead.

ALTER TABLE decisions ADD COLUMN substitute TEXT;
