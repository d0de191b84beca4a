-- Steps from one agency to the next in the index instead of walking every live story.
WITH RECURSIVE step (agency) AS (
    SELECT min(agency) FROM stories WHERE shown = 'live'
    UNION ALL
    SELECT (SELECT min(agency) FROM stories WHERE shown = 'live' AND agency > step.agency)
    FROM step
    WHERE step.agency IS NOT NULL
)
SELECT agency FROM step WHERE agency IS NOT NULL ORDER BY agency;
