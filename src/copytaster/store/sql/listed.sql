SELECT listed_stories.*
FROM json_each(:numbers) AS asked
CROSS JOIN listed_stories ON listed_stories.number = asked.value
ORDER BY first_public DESC, listed_stories.number DESC;
