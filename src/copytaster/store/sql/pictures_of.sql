SELECT * FROM hung_pictures WHERE story_id = :id ORDER BY place;
