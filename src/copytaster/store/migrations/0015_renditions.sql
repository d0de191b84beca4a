-- The smaller files of a picture, and by which recipe of the darkroom they were made.

ALTER TABLE pictures ADD COLUMN recipe INTEGER NOT NULL DEFAULT 0;
CREATE INDEX pictures_by_recipe ON pictures (recipe);

CREATE TABLE picture_renditions (
    picture INTEGER NOT NULL REFERENCES pictures (number),
    width INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (picture, width, media_type)
) STRICT, WITHOUT ROWID;

-- Those of one picture are read with it, as JSON.
DROP VIEW picture_records;
CREATE VIEW picture_records AS
SELECT
    sha256, media_type, width, height, size, likeness, state, reason, judged, first_public,
    since, due, recipe,
    (
        SELECT json_group_array(
            json_array(made.media_type, made.width, made.height, made.size, made.sha256)
            ORDER BY made.width, made.media_type
        )
        FROM picture_renditions AS made
        WHERE made.picture = pictures.number
    ) AS renditions,
    number AS picture_number, name
FROM pictures;

DROP VIEW hung_pictures;
CREATE VIEW hung_pictures AS
SELECT
    stories.id AS story_id, hung.place, hung.agency, hung.id, hung.version, hung.source, hung.href,
    hung.words, hung.reasons, hung.attempts, hung.due, hung.error,
    pictures.sha256, pictures.media_type, pictures.width, pictures.height, pictures.size,
    pictures.likeness, pictures.state, pictures.reason, pictures.judged, pictures.first_public,
    pictures.since, pictures.due AS proof_due, pictures.recipe,
    (
        SELECT json_group_array(
            json_array(made.media_type, made.width, made.height, made.size, made.sha256)
            ORDER BY made.width, made.media_type
        )
        FROM picture_renditions AS made
        WHERE made.picture = pictures.number
    ) AS renditions,
    stories.face, hung.story AS story_number, hung.picture AS picture_number
FROM story_pictures AS hung
JOIN stories ON stories.number = hung.story
LEFT JOIN pictures ON pictures.number = hung.picture;
