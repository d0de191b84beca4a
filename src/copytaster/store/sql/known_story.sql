SELECT number, revision, face, face_changed, first_public, edition, language, shelves
FROM stories
WHERE id = :id;
