-- The guid of an erased story is kept as a keyed digest only.
SELECT * FROM story_records WHERE agency = :agency AND guid IN (:guid, :erased);
