SELECT stories.id, chains.chain, chains.began, stories.first_public
FROM chains
JOIN stories ON stories.number = chains.story
WHERE chains.agency = :agency AND chains.chain = :chain
ORDER BY chains.began, stories.number;
