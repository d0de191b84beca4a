UPDATE deliveries
SET
    erased = :at, state = 'taken', content_type = NULL, url = NULL, aside = '[]', error = NULL,
    dismissed_at = NULL, dismissed_by = NULL, dismissed_why = NULL
WHERE id IN (SELECT value FROM json_each(:deliveries));
