-- Every delivery is looked at: one that only repeated a message is in no message's row.
SELECT id FROM deliveries
WHERE
    erased IS NULL AND state <> 'waiting'
    AND (
        instr(stories, '"' || :id || '"')
        OR id IN (
            SELECT delivery FROM messages WHERE story = (SELECT number FROM stories WHERE id = :id)
        )
    )
ORDER BY number;
