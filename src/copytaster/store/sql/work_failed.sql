UPDATE work SET attempts = attempts + 1, due = :due
WHERE story = (SELECT number FROM stories WHERE id = :story) AND kind = :kind AND since = :since;
