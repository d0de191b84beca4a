SELECT
    stories.id, agency, guid, suspended, route, received, clean, acknowledgements.state, notices,
    addresses, attempts, due, ended, sent_to, detail
FROM acknowledgements CROSS JOIN stories ON stories.number = acknowledgements.story
WHERE due IS NOT NULL AND route = :route AND agency = :agency
ORDER BY due, acknowledgements.story, suspended
LIMIT 1;
