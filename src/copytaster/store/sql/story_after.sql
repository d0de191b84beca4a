SELECT * FROM story_records WHERE number > :number ORDER BY number LIMIT 1;
