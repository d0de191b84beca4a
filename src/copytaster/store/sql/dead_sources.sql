SELECT DISTINCT source FROM deliveries WHERE state = 'dead' ORDER BY source;
