-- Newer work replaces older. Its since is always later, even when both came of one instant, so
-- that the end of the older cannot be taken for the end of the newer.
INSERT INTO work (story, kind, since, attempts, due, bulk)
VALUES (:story, :kind, :since, :attempts, :due, :bulk)
ON CONFLICT DO UPDATE SET
    kind = excluded.kind,
    since = max(excluded.since, since + 1),
    attempts = excluded.attempts,
    due = excluded.due,
    bulk = excluded.bulk;
