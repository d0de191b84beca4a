SELECT told.place, told.messages, story_records.*
FROM told CROSS JOIN story_records ON story_records.number = told.story
WHERE told.story = :story;
