SELECT
    :id, number, content_hash, transform, made, label, entry_z, files, parts, notes_z
FROM editions
WHERE story = (SELECT number FROM stories WHERE id = :id)
ORDER BY number;
