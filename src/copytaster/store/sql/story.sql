SELECT * FROM story_records WHERE id = :id;
