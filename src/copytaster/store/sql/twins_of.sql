SELECT one.id, two.id, in_other, of_other, is_top, link, scheme
FROM stories AS one
CROSS JOIN twins ON twins.story = one.number
CROSS JOIN stories AS two ON two.number = twins.other
WHERE one.id = :story
ORDER BY twins.other;
