DELETE FROM shingled WHERE message = :message;
