-- From both sides: the rows of each twin that name this story, and its own.
DELETE FROM twins
WHERE (story, other) IN (
    SELECT twins.other, twins.story
    FROM stories CROSS JOIN twins ON twins.story = stories.number
    WHERE stories.id = :id
    UNION ALL
    SELECT twins.story, twins.other
    FROM stories CROSS JOIN twins ON twins.story = stories.number
    WHERE stories.id = :id
);
