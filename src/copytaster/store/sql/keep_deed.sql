INSERT INTO deeds (at, done_by, token, what, about, why, address)
VALUES (:at, :by, :token, :what, :about, :why, :address)
