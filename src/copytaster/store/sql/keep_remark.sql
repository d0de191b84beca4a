INSERT INTO remarks (story, at, said_by, kind, words, person, content_hash)
SELECT number, :at, :said_by, :kind, :words, :person, :content_hash FROM stories WHERE id = :story;
