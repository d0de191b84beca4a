SELECT count(*) FROM (
    SELECT 1
    FROM seen_to
    CROSS JOIN wire ON wire.story = seen_to.story
    WHERE seen_to.person = :person AND wire.state IN (SELECT value FROM json_each(:states))
    LIMIT :most
);
