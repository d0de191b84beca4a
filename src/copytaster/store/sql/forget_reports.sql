UPDATE reports
SET ticket = NULL, story = NULL, words = NULL, name = NULL, email = NULL, answer = NULL
WHERE ticket IS NOT NULL AND received < :before
