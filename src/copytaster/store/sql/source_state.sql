SELECT state FROM source_states WHERE source = :source;
