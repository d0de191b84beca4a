INSERT INTO events (story, kind, at, edition, reason, note)
VALUES (:story, :kind, :at, :edition, :reason, :note);
