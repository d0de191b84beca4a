SELECT (events.at + :offset) / 86400000000, 'correction', count(*)
FROM events
JOIN stories ON stories.number = events.story AND NOT stories.drill
WHERE events.kind = 'updated' AND events.reason = 'correction' AND events.at >= :since
GROUP BY 1
ORDER BY 1;
