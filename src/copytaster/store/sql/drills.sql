SELECT * FROM story_records WHERE drill ORDER BY number DESC LIMIT :limit;
