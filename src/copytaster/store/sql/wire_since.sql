SELECT * FROM wire_records WHERE place > :number ORDER BY place LIMIT :limit;
