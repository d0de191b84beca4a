DELETE FROM picture_renditions WHERE picture = :number;
DELETE FROM pictures WHERE number = :number;
