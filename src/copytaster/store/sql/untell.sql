DELETE FROM told_words WHERE rowid = :place;
