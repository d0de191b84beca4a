UPDATE pictures
SET state = :state, reason = :reason, judged = :judged, since = :since, due = :due
WHERE sha256 = :sha256;
