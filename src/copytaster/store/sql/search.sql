-- The index hands out its rows newest first and stops at the last one wanted.
SELECT listed_stories.*
FROM (
    SELECT rowid AS place FROM found
    WHERE
        found MATCH :match AND rowid >= :since AND rowid < :until
        AND rowid < coalesce(
            (
                SELECT place FROM findable
                WHERE story = :number AND place >= :time AND place < :time + 1048576
            ),
            (
                SELECT max(place) + 1 FROM findable
                WHERE place >= :time AND place < :time + 1024 AND story < :number
            ),
            :time
        )
    ORDER BY rowid DESC
    LIMIT :limit
) AS page
CROSS JOIN findable ON findable.place = page.place
CROSS JOIN listed_stories ON listed_stories.number = findable.story
ORDER BY page.place DESC;
