UPDATE story_pictures
SET attempts = attempts + 1, error = :error, due = :due
WHERE story = (SELECT number FROM stories WHERE id = :story) AND place = :place AND href = :href
    AND picture IS NULL;
