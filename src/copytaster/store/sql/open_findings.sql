SELECT severity, count(*) FROM findings WHERE resolved IS NULL GROUP BY severity;
