-- :sought is a JSON array of [name, since, until]. Stories are looked up last, and only those
-- that are told: thousands may open with the same words.
SELECT stories.id
FROM (
    SELECT story_names.story, max(story_names.last) AS moved
    FROM json_each(:sought) AS sought
    CROSS JOIN story_names
        ON story_names.name = sought.value ->> 0
        AND story_names.last >= sought.value ->> 1
        AND story_names.first <= sought.value ->> 2
    GROUP BY story_names.story
    ORDER BY moved DESC, story_names.story
    LIMIT :limit
) AS found
CROSS JOIN stories ON stories.number = found.story
ORDER BY found.moved DESC, found.story;
