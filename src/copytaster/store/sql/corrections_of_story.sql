SELECT
    listed_stories.*, events.kind, events.at, events.edition, events.reason, events.note,
    events.sequence
FROM (
    SELECT event, story FROM corrections
    WHERE story = (SELECT number FROM stories WHERE id = :id) AND event < :before
    ORDER BY event DESC
    LIMIT :limit
) AS page
CROSS JOIN events ON events.sequence = page.event
CROSS JOIN listed_stories ON listed_stories.number = page.story
ORDER BY events.sequence DESC;
