-- Of each kill what was seen of it: by the newest cause that had come when it was made, because
-- a page may be taken back again later, for another.
SELECT
    killed.id, killed.at, killed.reason, killed.since, min(receipts.clean), max(receipts.seen)
FROM (
    SELECT
        events.sequence, events.story, events.at, events.reason, stories.id,
        (
            SELECT max(receipts.since) FROM receipts
            WHERE
                receipts.story = events.story AND receipts.kind = 'withdraw'
                AND receipts.channel <> 'pictures'
                AND receipts.since <= events.at AND receipts.seen >= events.at
        ) AS since
    FROM events
    JOIN stories ON stories.number = events.story
    WHERE events.kind = 'killed' AND events.at >= :since AND NOT stories.drill
    ORDER BY events.at DESC, events.sequence DESC
    LIMIT :limit
) AS killed
LEFT JOIN receipts ON
    receipts.story = killed.story AND receipts.kind = 'withdraw'
    AND receipts.channel <> 'pictures' AND receipts.since = killed.since
GROUP BY killed.sequence
ORDER BY killed.at DESC, killed.sequence DESC;
