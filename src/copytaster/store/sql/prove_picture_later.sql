UPDATE pictures
SET due = :due, since = CASE WHEN :due IS NULL THEN NULL ELSE since END
WHERE sha256 = :sha256 AND since = :since AND judged IS :judged;
