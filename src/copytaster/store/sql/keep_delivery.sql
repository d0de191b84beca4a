INSERT INTO deliveries (
    id, source, agency, received, raw, content_type, url, archive, publish_after, urgent
) VALUES (
    :id, :source, :agency, :received, (SELECT number FROM raw WHERE sha256 = unhex(:sha256)),
    :content_type, :url, :archive, :publish_after, :urgent
);
