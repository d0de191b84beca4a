SELECT :id, at, state, reasons, cause
FROM verdicts
WHERE story = (SELECT number FROM stories WHERE id = :id)
ORDER BY number;
