INSERT INTO pictures (
    sha256, media_type, width, height, size, likeness, state, reason, judged, first_public,
    since, due, recipe
)
VALUES (
    :sha256, :media_type, :width, :height, :size, :likeness, :state, :reason, :judged,
    :first_public, :since, :due, :recipe
)
ON CONFLICT (sha256) DO UPDATE SET recipe = max(recipe, excluded.recipe);
