-- How many live stories say a word: read off the index of readers' search, which keeps it anyway.
CREATE VIRTUAL TABLE spoken USING fts5vocab(found, 'row');
