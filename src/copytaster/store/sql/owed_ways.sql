SELECT DISTINCT agency, route
FROM acknowledgements CROSS JOIN stories ON stories.number = acknowledgements.story
WHERE due IS NOT NULL
ORDER BY agency, route;
