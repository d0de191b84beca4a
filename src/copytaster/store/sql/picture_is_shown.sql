SELECT EXISTS (
    SELECT 1 FROM hung_pictures
    WHERE picture_number = (SELECT number FROM pictures WHERE sha256 = :sha256)
        AND face = 'live' AND reasons = '[]' AND state = 'good'
);
