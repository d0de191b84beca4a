INSERT OR REPLACE INTO wire (story, at, state) VALUES (:story, :at, :state);
