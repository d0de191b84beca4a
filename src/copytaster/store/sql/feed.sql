-- Each half walks its own index, so that old notices are never stepped over.
SELECT listed_stories.*
FROM (
    SELECT number FROM (
        SELECT number FROM stories
        WHERE shown = 'live' AND (face_changed, number) < (:time, :number)
        ORDER BY face_changed DESC, number DESC
        LIMIT :limit
    )
    UNION ALL
    SELECT number FROM (
        SELECT number FROM stories
        WHERE
            shown = 'notice' AND face_changed >= :notices_since
            AND (face_changed, number) < (:time, :number)
        ORDER BY face_changed DESC, number DESC
        LIMIT :limit
    )
) AS page
CROSS JOIN listed_stories ON listed_stories.number = page.number
ORDER BY face_changed DESC, listed_stories.number DESC
LIMIT :limit;
