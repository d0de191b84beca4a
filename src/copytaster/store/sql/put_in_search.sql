INSERT INTO found (rowid, headline, byline, body, filed)
VALUES (:place, :headline, :byline, :body, :filed);
