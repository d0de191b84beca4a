-- The same notice, as a message of other stories: of its own, and of those that it means.
SELECT messages.number, messages.story, target, item_z, stories.guid
FROM deliveries
CROSS JOIN json_each(deliveries.stories) AS touched
CROSS JOIN stories ON stories.id = touched.value AND stories.number <> :story
CROSS JOIN messages ON messages.story = stories.number
WHERE
    deliveries.id = :delivery
    AND messages.delivery = :delivery AND messages.content_hash = :content_hash;
