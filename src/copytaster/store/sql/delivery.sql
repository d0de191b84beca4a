SELECT
    deliveries.id, source, agency, received, data_z, lower(hex(sha256)), content_type, url,
    archive, publish_after, urgent
FROM deliveries JOIN raw ON raw.number = deliveries.raw
WHERE deliveries.id = :id AND erased IS NULL;
