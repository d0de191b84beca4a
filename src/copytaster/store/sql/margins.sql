-- :stories is a JSON array of public ids.
SELECT
    stories.id,
    (SELECT person FROM seen_to WHERE story = stories.number),
    (SELECT count(*) FROM remarks WHERE story = stories.number AND kind = 'note')
FROM json_each(:stories) AS asked
CROSS JOIN stories ON stories.id = asked.value
WHERE
    EXISTS (SELECT 1 FROM seen_to WHERE story = stories.number)
    OR EXISTS (SELECT 1 FROM remarks WHERE story = stories.number AND kind = 'note');
