SELECT DISTINCT agency FROM stories ORDER BY agency;
