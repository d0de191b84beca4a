UPDATE stories
SET
    revision = revision + 1, state = :state, reasons = :reasons, cause = :cause, face = :face,
    edition = :edition, edition_hash = :edition_hash, language = :language,
    shelves = :shelves, first_public = :first_public, face_changed = :face_changed,
    look_again = :look_again, substitute = :substitute
WHERE id = :id AND revision = :revision;
