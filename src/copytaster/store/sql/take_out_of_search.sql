-- The index keeps no words of its own: it is told what stands in it.
INSERT INTO found (found, rowid, headline, byline, body, filed)
VALUES ('delete', :place, :headline, :byline, :body, :filed);
