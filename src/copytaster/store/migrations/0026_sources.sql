-- What each source brought and when, for whoever watches that none falls silent.
CREATE INDEX deliveries_of_source ON deliveries (source, received);
