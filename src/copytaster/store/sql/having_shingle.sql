SELECT message FROM shingles WHERE shingle = :shingle ORDER BY message DESC LIMIT :limit;
