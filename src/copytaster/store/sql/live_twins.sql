SELECT listed_stories.*
FROM stories
CROSS JOIN twins ON twins.story = stories.number
CROSS JOIN listed_stories ON listed_stories.number = twins.other
WHERE stories.id = :story AND listed_stories.shown = 'live'
ORDER BY listed_stories.first_public, listed_stories.number;
