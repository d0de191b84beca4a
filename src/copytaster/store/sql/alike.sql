-- :shared is a JSON array of [message, shingles shared].
SELECT stories.id, messages.content_hash, shingled.at, shared.value ->> 1
FROM json_each(:shared) AS shared
CROSS JOIN shingled ON shingled.message = shared.value ->> 0 AND shingled.scheme = :scheme
CROSS JOIN messages ON messages.number = shingled.message
CROSS JOIN stories ON stories.number = messages.story
WHERE NOT :live OR stories.shown = 'live'
ORDER BY shared.value ->> 1 DESC, shingled.at DESC, stories.id, messages.content_hash
LIMIT :limit;
