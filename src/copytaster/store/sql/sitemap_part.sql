-- The plus keeps the planner from walking every live story in an index.
SELECT id, agency, face_changed FROM stories
WHERE number >= :part * 1000 AND number < (:part + 1) * 1000 AND +shown = 'live'
ORDER BY number;
