INSERT INTO receipts (story, address, kind, since, channel, seen, clean, status, detail)
VALUES (
    (SELECT number FROM stories WHERE id = :story), :address, :kind, :since, :channel, :seen,
    :clean, :status, :detail
)
ON CONFLICT DO UPDATE SET
    channel = excluded.channel, seen = excluded.seen, clean = excluded.clean,
    status = excluded.status, detail = excluded.detail
WHERE excluded.seen >= seen;
