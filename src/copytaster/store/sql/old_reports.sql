SELECT ticket FROM reports WHERE ticket IS NOT NULL AND received < :before ORDER BY received, number
