-- Steps from one section to the next in the index instead of walking every live story.
WITH RECURSIVE step (section) AS (
    SELECT min(section) FROM story_sections WHERE shown = 'live'
    UNION ALL
    SELECT (
        SELECT min(section) FROM story_sections
        WHERE section > step.section AND shown = 'live'
    )
    FROM step
    WHERE step.section IS NOT NULL
)
SELECT section FROM step WHERE section IS NOT NULL ORDER BY section;
