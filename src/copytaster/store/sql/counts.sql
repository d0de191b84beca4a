SELECT name, n FROM tally WHERE name <> 'taken';
