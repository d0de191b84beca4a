-- What this story showed and no live story shows any more: the proof that it is gone is owed.
UPDATE pictures
SET since = :since, due = :since
WHERE since IS NULL AND first_public IS NOT NULL AND state = 'good'
    AND number IN (SELECT value FROM json_each(:before))
    AND number NOT IN (
        SELECT picture_number FROM hung_pictures
        WHERE picture_number IN (SELECT value FROM json_each(:before))
            AND face = 'live' AND reasons = '[]'
    );
