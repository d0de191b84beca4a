-- Deliveries that hold more than was read of them.
SELECT id FROM deliveries
WHERE
    agency = :agency AND erased IS NULL AND state <> 'waiting'
    AND (error IS NOT NULL OR aside <> '[]')
ORDER BY number;
