-- Seen at the same instant it is the same look, told once more.
INSERT INTO receipts (
    story, address, kind, since, channel, seen, clean, status, detail, dirty_seen, dirty_detail
)
VALUES (
    (SELECT number FROM stories WHERE id = :story), :address, :kind, :since, :channel, :seen,
    :clean, :status, :detail, iif(:clean, NULL, :seen), iif(:clean, NULL, :detail)
)
ON CONFLICT DO UPDATE SET
    looks = looks + (excluded.seen > seen),
    channel = excluded.channel, seen = excluded.seen, clean = excluded.clean,
    status = excluded.status, detail = excluded.detail,
    dirty_seen = iif(excluded.clean, dirty_seen, excluded.dirty_seen),
    dirty_detail = iif(excluded.clean, dirty_detail, excluded.dirty_detail)
WHERE excluded.seen >= seen;
