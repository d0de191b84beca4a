SELECT number, revision, face, face_changed, first_public, edition, language, sections
FROM stories
WHERE id = :id;
