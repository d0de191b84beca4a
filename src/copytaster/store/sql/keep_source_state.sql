INSERT INTO source_states VALUES (:source, :state)
ON CONFLICT DO UPDATE SET state = excluded.state;
