UPDATE editions
SET content_hash = :content_hash, parts = :parts, entry_z = :nothing_z, files = '[]', notes_z = NULL
WHERE story = :story AND number = :number;
