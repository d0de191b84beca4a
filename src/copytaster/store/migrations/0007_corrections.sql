-- What the corrections page lists, by the event that made it so: every correction and refile for
-- good, and of each story the withdrawal (hold or kill) that stands now. Kept by the trigger, so
-- that no list ever steps over holds that were lifted; a drill is in none.

CREATE TABLE corrections (
    event INTEGER PRIMARY KEY REFERENCES events (sequence),
    story INTEGER NOT NULL REFERENCES stories (number),
    withdrawal INTEGER NOT NULL
) STRICT;
CREATE INDEX corrections_of_story ON corrections (story, withdrawal);

CREATE TRIGGER events_listed AFTER INSERT ON events
BEGIN
    DELETE FROM corrections WHERE story = NEW.story AND withdrawal;
    INSERT INTO corrections
    SELECT NEW.sequence, NEW.story, NEW.kind <> 'updated'
    FROM stories
    WHERE
        number = NEW.story AND NOT drill
        AND (
            NEW.kind IN ('held', 'killed', 'erased')
            OR (NEW.kind = 'updated' AND NEW.reason IN ('correction', 'refile'))
        );
END;

INSERT INTO corrections
SELECT events.sequence, events.story, events.kind <> 'updated'
FROM events JOIN stories ON stories.number = events.story
WHERE
    NOT stories.drill
    AND (
        (events.kind = 'updated' AND events.reason IN ('correction', 'refile'))
        OR (
            events.kind IN ('held', 'killed', 'erased')
            AND NOT EXISTS (
                SELECT 1 FROM events AS later
                WHERE later.story = events.story AND later.sequence > events.sequence
            )
        )
    );
