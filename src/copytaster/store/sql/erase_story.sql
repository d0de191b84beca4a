UPDATE stories
SET
    revision = revision + 1, guid = :guid, reasons = :reasons, shelves = :shelves,
    edition_hash = NULL
WHERE number = :story;
