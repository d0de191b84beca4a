SELECT kind, received, acknowledge_by, decide_by, acknowledged, answered, closed,
    ticket, called, story, words, name, email, answer
FROM reports WHERE ticket = :ticket
