SELECT * FROM story_records WHERE number < :number ORDER BY number DESC LIMIT 1;
