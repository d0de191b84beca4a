SELECT (events.at + :offset) / 86400000000, coalesce(events.reason, 'agency'), count(*)
FROM events
JOIN stories ON stories.number = events.story AND NOT stories.drill
WHERE events.kind = 'killed' AND events.at >= :since
GROUP BY 1, 2
ORDER BY 1, 2;
