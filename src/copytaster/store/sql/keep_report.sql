INSERT INTO reports (ticket, kind, received, acknowledge_by, decide_by, acknowledged, answered,
    closed, called, story, words, name, email, answer)
VALUES (:ticket, :kind, :received, :acknowledge_by, :decide_by, :acknowledged, :answered,
    :closed, :called, :story, :words, :name, :email, :answer)
