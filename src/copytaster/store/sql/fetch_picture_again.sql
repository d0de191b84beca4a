UPDATE story_pictures
SET picture = NULL, attempts = 0, due = :now, error = NULL
WHERE picture = (SELECT number FROM pictures WHERE sha256 = :sha256);
