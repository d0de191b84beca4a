DELETE FROM source_hours
WHERE
    source = (SELECT source FROM deliveries WHERE id = :delivery)
    AND hour < (SELECT received / 3600000000 FROM deliveries WHERE id = :delivery) - :hours;
