SELECT * FROM picture_records WHERE name = :name;
