-- Live stories since an instant whose newest text is not in the window, from a place on backwards.
SELECT story_records.*
FROM stories INDEXED BY stories_front
CROSS JOIN editions
    ON editions.story = stories.number AND editions.number = stories.edition
CROSS JOIN story_records ON story_records.number = stories.number
WHERE
    stories.shown = 'live' AND stories.first_public >= :since
    AND (stories.first_public, stories.number) < (:time, :number)
    AND NOT EXISTS (
        SELECT 1
        FROM messages
        CROSS JOIN shingled ON shingled.message = messages.number
        WHERE
            messages.story = stories.number AND messages.content_hash = editions.content_hash
            AND shingled.scheme = :scheme
    )
ORDER BY stories.first_public DESC, stories.number DESC
LIMIT :limit;
