-- differing_bits is ours: see _engine.py
SELECT *
FROM picture_records
WHERE likeness IS NOT NULL AND differing_bits(likeness, :likeness) <= :distance
ORDER BY picture_number;
