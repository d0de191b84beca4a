INSERT INTO shingled (message, at, scheme, shingles)
VALUES (:message, :at, :scheme, :shingles);
