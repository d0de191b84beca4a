INSERT INTO calls (code, text, about) VALUES (:code, :text, :about);
