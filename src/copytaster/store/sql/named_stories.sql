-- :sought is a JSON array of [name, since, until].
SELECT stories.id
FROM json_each(:sought) AS sought
CROSS JOIN story_names
    ON story_names.name = sought.value ->> 0
    AND story_names.last >= sought.value ->> 1
    AND story_names.first <= sought.value ->> 2
CROSS JOIN stories ON stories.number = story_names.story
GROUP BY stories.number
ORDER BY max(story_names.last) DESC, stories.number
LIMIT :limit;
