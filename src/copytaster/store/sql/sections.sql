-- Steps from one section to the next in the index instead of walking every story.
WITH RECURSIVE step (section) AS (
    SELECT min(section) FROM story_sections
    UNION ALL
    SELECT (SELECT min(section) FROM story_sections WHERE section > step.section)
    FROM step
    WHERE step.section IS NOT NULL
)
SELECT section
FROM step
WHERE EXISTS (
    SELECT 1 FROM story_sections WHERE section = step.section AND shown = 'live'
)
ORDER BY section;
