INSERT OR REPLACE INTO picture_renditions (picture, width, media_type, height, size, sha256)
VALUES (
    (SELECT number FROM pictures WHERE sha256 = :of), :width, :media_type, :height, :size, :sha256
);
