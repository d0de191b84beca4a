UPDATE reports
SET acknowledged = :acknowledged, answered = :answered, closed = :closed, answer = :answer
WHERE ticket = :ticket
