SELECT * FROM story_records
WHERE
    shown = 'notice' AND face_changed >= :since
    AND (face_changed, number) < (:time, :number)
ORDER BY face_changed DESC, number DESC
LIMIT :limit;
