INSERT INTO batch_stories (batch, story)
VALUES (:batch, (SELECT number FROM stories WHERE id = :story));
