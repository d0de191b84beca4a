-- Newer work replaces older. Its since is always later, even when both came of one instant, so
-- that the end of the older cannot be taken for the end of the newer. But a publication ends no
-- withdrawal of an edition: it is owed, counted from its own beginning and as urgent as it was,
-- until it is proved, and carrying it out publishes what the story is now.
INSERT INTO work (story, kind, since, attempts, due, bulk)
VALUES (:story, :kind, :since, :attempts, :due, :bulk)
ON CONFLICT DO UPDATE SET
    (kind, since, bulk) = (
        SELECT
            iif(still_owed, work.kind, excluded.kind),
            iif(still_owed, work.since + 1, max(excluded.since, work.since + 1)),
            iif(still_owed, min(work.bulk, excluded.bulk), excluded.bulk)
        FROM (
            SELECT work.kind = 'withdraw' AND excluded.kind = 'publish' AND EXISTS (
                SELECT 1 FROM events
                WHERE events.story = work.story AND events.kind = 'withdrawn'
            ) AS still_owed
        )
    ),
    attempts = excluded.attempts,
    due = excluded.due;
