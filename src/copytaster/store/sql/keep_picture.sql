INSERT INTO pictures (
    sha256, media_type, width, height, size, likeness, state, reason, judged, first_public,
    since, due
)
VALUES (
    :sha256, :media_type, :width, :height, :size, :likeness, :state, :reason, :judged,
    :first_public, :since, :due
)
ON CONFLICT DO NOTHING;
