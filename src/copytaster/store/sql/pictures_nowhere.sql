SELECT number, name, state FROM pictures
WHERE number NOT IN (SELECT picture FROM story_pictures WHERE picture IS NOT NULL);
