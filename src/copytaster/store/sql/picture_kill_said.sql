SELECT 1 FROM picture_kills WHERE id = :id;
