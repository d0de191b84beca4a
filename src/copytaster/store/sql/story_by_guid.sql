SELECT * FROM story_records WHERE agency = :agency AND guid = :guid;
