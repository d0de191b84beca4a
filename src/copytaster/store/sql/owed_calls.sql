SELECT number, code, text, about FROM calls ORDER BY number LIMIT :limit;
