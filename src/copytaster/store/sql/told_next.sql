-- The place behind those of the same microsecond.
SELECT coalesce(max(place) + 1, :base) FROM told
WHERE place >= :base AND place < :base + 1024;
