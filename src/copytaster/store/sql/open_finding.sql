INSERT INTO findings (address, code, severity, story, detail, first_seen, last_seen)
VALUES (:address, :code, :severity, :story, :detail, :at, :at);
