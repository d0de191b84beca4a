DELETE FROM story_pictures WHERE story = :story;
