SELECT :id, channel, address, kind, since, seen, clean, status, detail
FROM receipts
WHERE story = (SELECT number FROM stories WHERE id = :id)
ORDER BY since, seen, address, kind;
