-- Each half walks its own index, so that old notices are never stepped over.
SELECT listed_stories.*
FROM (
    SELECT story FROM (
        SELECT story FROM story_shelves
        WHERE
            shelf = :shelf AND shown = 'live' AND (face_changed, story) < (:time, :number)
            AND (:agency IS NULL OR agency = :agency)
        ORDER BY face_changed DESC, story DESC
        LIMIT :limit
    )
    UNION ALL
    SELECT story FROM (
        SELECT story FROM story_shelves
        WHERE
            shelf = :shelf AND shown = 'notice' AND face_changed >= :notices_since
            AND (face_changed, story) < (:time, :number)
            AND (:agency IS NULL OR agency = :agency)
        ORDER BY face_changed DESC, story DESC
        LIMIT :limit
    )
) AS page
CROSS JOIN listed_stories ON listed_stories.number = page.story
ORDER BY face_changed DESC, number DESC
LIMIT :limit;
