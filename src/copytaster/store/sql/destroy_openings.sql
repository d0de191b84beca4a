-- What opens the commitments to a story, or to one edition of it. Its leaves stay.
DELETE FROM log_openings
WHERE position IN (
    SELECT position
    FROM log_leaves
    WHERE
        story = (SELECT number FROM stories WHERE id = :id)
        AND (:edition IS NULL OR edition = :edition)
);
