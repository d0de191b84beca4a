INSERT INTO stories (
    id, agency, guid, revision, state, reasons, cause, face, edition, edition_hash, language,
    shelves, drill, first_public, face_changed, look_again, substitute
) VALUES (
    :id, :agency, :guid, 1, :state, :reasons, :cause, :face, :edition, :edition_hash, :language,
    :shelves, :drill, :first_public, :face_changed, :look_again, :substitute
)
ON CONFLICT DO NOTHING;
