-- Erasure: the bytes of a delivery are destroyed and its row stays, with when that was.

ALTER TABLE deliveries ADD COLUMN erased INTEGER;
DROP TRIGGER deliveries_never_change;
CREATE TRIGGER deliveries_never_change
BEFORE UPDATE OF id, source, agency, received, raw, archive, publish_after, urgent ON deliveries
BEGIN
    SELECT RAISE(ABORT, 'a delivery never changes');
END;
CREATE TRIGGER deliveries_keep_how_they_came
BEFORE UPDATE OF content_type, url ON deliveries
WHEN NEW.erased IS NULL
BEGIN
    SELECT RAISE(ABORT, 'a delivery never changes');
END;

-- That one edition is erased says nothing new of its story: it was withdrawn before.
DROP TRIGGER events_listed;
CREATE TRIGGER events_listed AFTER INSERT ON events
WHEN NEW.kind <> 'erased' OR NEW.edition IS NULL
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
