SELECT listed_stories.*
FROM (
    SELECT story
    FROM story_shelves
    WHERE
        shelf = :shelf AND shown = 'live' AND (first_public, story) < (:time, :number)
        AND (:agency IS NULL OR agency = :agency)
    ORDER BY first_public DESC, story DESC
    LIMIT :limit
) AS page
CROSS JOIN listed_stories ON listed_stories.number = page.story
ORDER BY first_public DESC, number DESC;
