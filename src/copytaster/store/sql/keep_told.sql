INSERT INTO told (place, story, came, messages, standing)
VALUES (:place, :story, :came, :messages, :standing)
ON CONFLICT (story) DO UPDATE SET
    place = excluded.place, came = excluded.came, messages = excluded.messages,
    standing = excluded.standing;
