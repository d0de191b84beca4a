-- What an evidence pack needs and was not kept: which delivery brought a message, what the desk
-- held of a story from when on, and how often an address was looked at until it was clean.

ALTER TABLE messages ADD COLUMN delivery TEXT;
CREATE INDEX deliveries_by_arrival ON deliveries (received, source);
UPDATE messages SET delivery = (
    SELECT deliveries.id
    FROM deliveries JOIN stories ON stories.number = messages.story
    WHERE
        deliveries.received = messages.received AND deliveries.source = messages.source
        AND instr(deliveries.stories, stories.id)
    ORDER BY deliveries.number
    LIMIT 1
);
DROP INDEX deliveries_by_arrival;

CREATE TABLE verdicts (
    number INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories (number),
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    reasons TEXT NOT NULL,
    cause TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_of_story ON verdicts (story);

ALTER TABLE receipts ADD COLUMN looks INTEGER NOT NULL DEFAULT 1;
ALTER TABLE receipts ADD COLUMN dirty_seen INTEGER;
ALTER TABLE receipts ADD COLUMN dirty_detail TEXT;
UPDATE receipts SET dirty_seen = seen, dirty_detail = detail WHERE NOT clean;
