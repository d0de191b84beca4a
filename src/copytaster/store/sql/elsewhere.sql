-- Steps from one agency to the next, and into each of the others by its own index.
WITH RECURSIVE step (agency) AS (
    SELECT min(agency) FROM stories WHERE shown = 'live'
    UNION ALL
    SELECT (SELECT min(agency) FROM stories WHERE shown = 'live' AND agency > step.agency)
    FROM step
    WHERE step.agency IS NOT NULL
)
SELECT stories.id
FROM step
CROSS JOIN stories INDEXED BY stories_agency_front
    ON stories.shown = 'live' AND stories.agency = step.agency AND stories.first_public >= :since
WHERE step.agency <> :agency
ORDER BY stories.first_public DESC, stories.number DESC
LIMIT :limit;
