-- The newest first, as the index hands them out.
SELECT stories.id, findable.words_z
FROM (
    SELECT rowid AS place FROM found
    WHERE found MATCH :match AND rowid >= :since AND rowid < :until
    ORDER BY rowid DESC
    LIMIT :limit
) AS page
CROSS JOIN findable ON findable.place = page.place
CROSS JOIN stories ON stories.number = findable.story
WHERE stories.id <> :story
ORDER BY page.place DESC;
