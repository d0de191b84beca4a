INSERT INTO source_hours
SELECT source, received / 3600000000, :what, :kind, :n FROM deliveries WHERE id = :delivery
ON CONFLICT DO UPDATE SET n = n + excluded.n;
