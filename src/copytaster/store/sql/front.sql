SELECT * FROM listed_stories
WHERE shown = 'live' AND (first_public, number) < (:time, :number)
ORDER BY first_public DESC, number DESC
LIMIT :limit;
