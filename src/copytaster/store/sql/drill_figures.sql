SELECT began, outcome, slow, to_publish, to_clean, kinds
FROM drill_figures
WHERE began >= :since
ORDER BY began DESC
LIMIT :limit;
