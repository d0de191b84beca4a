-- Drills are nobody's twin, and a story is not its own.
INSERT INTO twins (story, other, in_other, of_other, is_top, link, scheme)
SELECT one.number, two.number, :in_other, :of_other, :is_top, :link, :scheme
FROM stories AS one, stories AS two
WHERE one.id = :story AND two.id = :other AND one.number <> two.number
    AND NOT one.drill AND NOT two.drill
ON CONFLICT DO UPDATE SET
    in_other = excluded.in_other, of_other = excluded.of_other, is_top = excluded.is_top,
    link = excluded.link, scheme = excluded.scheme;
