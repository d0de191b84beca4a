-- One edition of a story may be withdrawn while the story stays: the corrections page lists that for
-- good, as it does corrections.

DROP TRIGGER events_listed;
CREATE TRIGGER events_listed AFTER INSERT ON events
BEGIN
    DELETE FROM corrections WHERE story = NEW.story AND withdrawal;
    INSERT INTO corrections
    SELECT NEW.sequence, NEW.story, NEW.kind NOT IN ('updated', 'withdrawn')
    FROM stories
    WHERE
        number = NEW.story AND NOT drill
        AND (
            NEW.kind IN ('held', 'killed', 'erased', 'withdrawn')
            OR (NEW.kind = 'updated' AND NEW.reason IN ('correction', 'refile'))
        );
END;
