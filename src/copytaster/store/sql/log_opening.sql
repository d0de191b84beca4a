SELECT raw, text, meta, ids, told FROM log_openings WHERE position = :position;
