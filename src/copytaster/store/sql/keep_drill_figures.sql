INSERT OR REPLACE INTO drill_figures
VALUES (:began, :outcome, :slow, :to_publish, :to_clean, :kinds);
