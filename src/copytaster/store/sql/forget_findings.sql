DELETE FROM findings WHERE resolved IS NOT NULL AND resolved < :before;
