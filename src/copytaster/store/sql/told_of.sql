SELECT told.place, told.messages, story_records.*
FROM stories
CROSS JOIN told ON told.story = stories.number
CROSS JOIN story_records ON story_records.number = stories.number
WHERE stories.id = :id;
