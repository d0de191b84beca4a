-- Steps from one shelf to the next in the index instead of walking every story.
WITH RECURSIVE step (shelf) AS (
    SELECT min(shelf) FROM story_shelves WHERE shelf > :after AND shelf < :end
    UNION ALL
    SELECT (
        SELECT min(shelf) FROM story_shelves WHERE shelf > step.shelf AND shelf < :end
    )
    FROM step
    WHERE step.shelf IS NOT NULL
)
SELECT shelf
FROM step
WHERE EXISTS (
    SELECT 1 FROM story_shelves WHERE shelf = step.shelf AND shown = 'live'
)
LIMIT :limit;
