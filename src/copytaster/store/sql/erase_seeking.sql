DELETE FROM notice_names WHERE notice IN (
    SELECT number FROM notices WHERE story = :story AND content_hash = :content_hash
);
DELETE FROM notices WHERE story = :story AND content_hash = :content_hash;
