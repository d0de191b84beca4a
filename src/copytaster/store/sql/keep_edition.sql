-- An edition may be made again from the same content (a new transformation), not from other.
INSERT INTO editions (story, number, content_hash, transform, made, label, entry_z, files, parts, notes_z)
VALUES (:story, :number, :content_hash, :transform, :made, :label, :entry_z, :files, :parts, :notes_z)
ON CONFLICT DO UPDATE
SET
    transform = excluded.transform, made = excluded.made, label = excluded.label,
    entry_z = excluded.entry_z, files = excluded.files, notes_z = excluded.notes_z
WHERE content_hash = excluded.content_hash AND parts = excluded.parts;
