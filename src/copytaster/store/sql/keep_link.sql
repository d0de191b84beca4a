-- Changes nothing where as early a beginning is known already.
INSERT INTO chains (agency, chain, story, began)
SELECT agency, :chain, number, :began FROM stories WHERE id = :id
ON CONFLICT DO UPDATE SET began = excluded.began WHERE excluded.began < began;
