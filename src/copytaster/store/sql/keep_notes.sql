UPDATE editions SET notes_z = :notes_z
WHERE story = (SELECT number FROM stories WHERE id = :id) AND number = :number;
