SELECT *
FROM hung_pictures
WHERE picture_number = (SELECT number FROM pictures WHERE sha256 = :sha256)
ORDER BY story_number, place;
