-- A clock that was set back does not make what was seen unseen.
UPDATE findings
SET severity = :severity, detail = :detail, last_seen = max(last_seen, :at)
WHERE address = :address AND code = :code AND resolved IS NULL;
