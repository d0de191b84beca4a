SELECT log_leaves.event, count(*)
FROM log_leaves INDEXED BY log_leaves_of_day JOIN stories ON stories.number = log_leaves.story
WHERE at >= :since AND at < :until AND stories.agency = :agency
GROUP BY log_leaves.event;
