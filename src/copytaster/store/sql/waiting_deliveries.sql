SELECT
    deliveries.id, source, agency, received, data_z, lower(hex(sha256)), content_type, url,
    archive, publish_after, urgent
FROM deliveries CROSS JOIN raw ON raw.number = deliveries.raw
WHERE state = 'waiting'
ORDER BY urgent DESC, received, deliveries.number
LIMIT :limit;
