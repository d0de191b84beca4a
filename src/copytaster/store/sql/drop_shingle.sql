DELETE FROM shingles WHERE shingle = :shingle AND message = :message;
