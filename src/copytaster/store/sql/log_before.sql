SELECT max(position) FROM log_leaves WHERE story = :story;
