SELECT
    stories.id, agency, guid, suspended, route, received, clean, acknowledgements.state, notices,
    addresses, attempts, due, ended, sent_to, detail
FROM stories JOIN acknowledgements ON acknowledgements.story = stories.number
WHERE stories.id = :id
ORDER BY suspended, route;
