DELETE FROM seen_to WHERE story = (SELECT number FROM stories WHERE id = :story);
