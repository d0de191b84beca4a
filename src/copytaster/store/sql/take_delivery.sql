UPDATE deliveries
SET
    state = :state, stories = :stories, aside = :aside, error = :error,
    attempts = attempts + (:error IS NOT NULL)
WHERE id = :id;
