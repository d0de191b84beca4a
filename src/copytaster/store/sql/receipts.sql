SELECT :id, channel, address, kind, since, seen, clean, status, detail, looks,
    dirty_seen, dirty_detail
FROM receipts
WHERE story = (SELECT number FROM stories WHERE id = :id)
ORDER BY since, seen, address, kind;
