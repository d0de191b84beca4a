UPDATE deliveries SET state = 'waiting', error = NULL WHERE id = :id AND state = 'dead';
