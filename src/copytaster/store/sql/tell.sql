INSERT INTO told_words (rowid, headline, seen, slug, byline, names, subjects, marks)
VALUES (:place, :headline, :seen, :slug, :byline, :names, :subjects, :marks);
