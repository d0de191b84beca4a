INSERT INTO settings VALUES (:key, :value) ON CONFLICT DO UPDATE SET value = excluded.value;
