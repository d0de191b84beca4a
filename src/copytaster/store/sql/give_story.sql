INSERT OR REPLACE INTO seen_to (story, person) SELECT number, :person FROM stories WHERE id = :story;
