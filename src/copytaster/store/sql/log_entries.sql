SELECT bytes FROM log_leaves WHERE position >= :first ORDER BY position LIMIT :limit;
