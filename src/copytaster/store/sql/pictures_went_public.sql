UPDATE pictures
SET first_public = :at
WHERE first_public IS NULL AND state = 'good'
    AND number IN (
        SELECT picture FROM story_pictures
        WHERE story = :story AND reasons = '[]' AND picture IS NOT NULL
    );
