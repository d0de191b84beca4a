-- The further parts (adds, takes) that an edition was put together from, by content hash.

ALTER TABLE editions ADD COLUMN parts TEXT NOT NULL DEFAULT '[]';
