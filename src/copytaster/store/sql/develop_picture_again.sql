UPDATE pictures SET recipe = 0 WHERE sha256 = :sha256;
