SELECT *
FROM picture_records
WHERE picture_number IN (
    SELECT picture FROM story_pictures WHERE id = :id AND (:agency IS NULL OR agency = :agency)
)
ORDER BY picture_number;
