DELETE FROM work
WHERE story = (SELECT number FROM stories WHERE id = :story) AND kind = :kind AND since = :since;
