SELECT content_hash FROM editions WHERE story = :story;
