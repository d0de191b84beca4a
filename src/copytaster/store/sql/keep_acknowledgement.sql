UPDATE acknowledgements
SET attempts = :attempts, due = :due, ended = :ended, sent_to = :sent_to, detail = :detail
WHERE
    story = (SELECT number FROM stories WHERE id = :story)
    AND suspended = :suspended AND route = :route AND due IS NOT NULL;
