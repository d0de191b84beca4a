UPDATE findings
SET resolved = max(last_seen, :at)
WHERE address = :address AND code = :code AND resolved IS NULL;
