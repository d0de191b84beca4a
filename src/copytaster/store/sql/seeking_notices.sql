-- :names is a JSON array of [name, first, last].
SELECT stories.id, notices.content_hash
FROM json_each(:names) AS given
CROSS JOIN notice_names
    ON notice_names.name = given.value ->> 0
    AND notice_names.since <= given.value ->> 2
    AND notice_names.until >= given.value ->> 1
CROSS JOIN notices ON notices.number = notice_names.notice
CROSS JOIN stories ON stories.number = notices.story
GROUP BY notices.number
ORDER BY notices.number
LIMIT :limit;
