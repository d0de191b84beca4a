SELECT source, received, seen, archive, publish_after, delivery, target, item_z
FROM json_each(:messages) AS meant CROSS JOIN messages ON messages.number = meant.value
ORDER BY meant.key;
