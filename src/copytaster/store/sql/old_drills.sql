-- Those behind the newest :keep that are withdrawn, and owe no proof of it any more.
SELECT * FROM story_records AS old
WHERE
    drill AND face NOT IN ('none', 'live')
    AND number < (SELECT min(number) FROM (
        SELECT number FROM stories WHERE drill ORDER BY number DESC LIMIT :keep
    ))
    AND NOT EXISTS (SELECT 1 FROM work WHERE work.story = old.number)
    -- a drill says nothing about other stories; one that did would be more than a drill
    AND NOT EXISTS (SELECT 1 FROM notices WHERE notices.story = old.number)
    -- no drill is logged, and no entry of the log is ever taken out
    AND NOT EXISTS (SELECT 1 FROM log_leaves WHERE log_leaves.story = old.number)
ORDER BY number;
