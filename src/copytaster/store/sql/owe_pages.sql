-- Whatever is owed already says more than that the page is to be made again.
INSERT INTO work (story, kind, since, attempts, due)
SELECT number, 'publish', :at, 0, NULL FROM stories WHERE agency = :agency AND face = 'live'
ON CONFLICT DO NOTHING;
