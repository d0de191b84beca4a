INSERT INTO findable (place, story, words_z) VALUES (:place, :story, :words_z)
ON CONFLICT (story) DO UPDATE SET words_z = excluded.words_z;
