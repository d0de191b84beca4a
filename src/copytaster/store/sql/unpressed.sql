SELECT 1
FROM work
WHERE story = (SELECT number FROM stories WHERE id = :id) AND attempts = 0;
