SELECT id, state, received, stories, aside, error FROM deliveries WHERE id = :id;
