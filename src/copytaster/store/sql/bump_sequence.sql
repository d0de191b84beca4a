UPDATE sequence SET value = value + 1 RETURNING value;
