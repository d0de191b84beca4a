INSERT INTO story_pictures (
    story, place, agency, id, version, source, href, words, reasons, picture, attempts, due, error
)
VALUES (
    :story, :place, :agency, :id, :version, :source, :href, :words, :reasons,
    (SELECT number FROM pictures WHERE sha256 = :sha256), :attempts, :due, :error
);
