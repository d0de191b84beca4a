-- The first message of a story with this content, and the scheme of its shingles if it has any. A
-- drill says what it said before, and would be everybody's twin.
SELECT messages.number, shingled.scheme
FROM stories
JOIN messages ON messages.story = stories.number
LEFT JOIN shingled ON shingled.message = messages.number
WHERE
    stories.id = :story AND NOT stories.drill
    AND messages.content_hash = :content_hash AND messages.target IS NULL
ORDER BY messages.number
LIMIT 1;
