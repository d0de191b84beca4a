SELECT position FROM log_leaves WHERE story IS NULL AND event = :event;
