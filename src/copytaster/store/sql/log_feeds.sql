SELECT agency, number FROM log_feeds ORDER BY number;
