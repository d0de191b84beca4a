SELECT count(*) FROM persons WHERE role = 'admin' AND disabled IS NULL
