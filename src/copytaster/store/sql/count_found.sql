SELECT count(*) FROM (
    SELECT 1 FROM found
    WHERE found MATCH :match AND rowid >= :since AND rowid < :until
    LIMIT :most
);
