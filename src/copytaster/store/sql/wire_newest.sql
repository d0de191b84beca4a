SELECT * FROM wire_records WHERE place < :before ORDER BY place DESC LIMIT :limit;
