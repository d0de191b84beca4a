SELECT
    (SELECT min(received) FROM deliveries WHERE source = :source),
    (SELECT max(received) FROM deliveries WHERE source = :source);
