INSERT INTO log_feeds (agency) VALUES (:agency) ON CONFLICT DO NOTHING RETURNING number;
