INSERT INTO shingles (shingle, message) VALUES (:shingle, :message);
