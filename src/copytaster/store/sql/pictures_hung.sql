SELECT picture FROM story_pictures WHERE story = :story AND picture IS NOT NULL;
