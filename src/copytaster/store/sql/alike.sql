-- :shingles is a JSON array. Of a shingle that more than :crowd texts have, the newest of them
-- count: it is a house's formula. One statement, because to ask for each shingle by itself takes six
-- times as long.
WITH asked (shingle, since) AS MATERIALIZED (
    SELECT
        value,
        coalesce(
            (
                SELECT message FROM shingles
                WHERE shingle = value
                ORDER BY message DESC
                LIMIT 1 OFFSET :crowd - 1
            ),
            0
        )
    FROM json_each(:shingles)
),
shared (message, n) AS MATERIALIZED (
    SELECT shingles.message, count(*)
    FROM asked
    CROSS JOIN shingles
        ON shingles.shingle = asked.shingle AND shingles.message >= asked.since
    GROUP BY shingles.message
    HAVING count(*) >= :at_least
    ORDER BY count(*) DESC, shingles.message DESC
    LIMIT :most
)
SELECT
    stories.id, messages.content_hash, shingled.at, shared.n, length(shingled.shingles) / 4
FROM shared
CROSS JOIN shingled ON shingled.message = shared.message AND shingled.scheme = :scheme
CROSS JOIN messages ON messages.number = shingled.message
CROSS JOIN stories ON stories.number = messages.story
WHERE NOT :live OR stories.shown = 'live'
ORDER BY shared.n DESC, shingled.at DESC, stories.id, messages.content_hash
LIMIT :limit;
