INSERT INTO presets (person, name, asked, shared) VALUES (:person, :name, :asked, :shared)
ON CONFLICT (person, name) DO UPDATE SET asked = excluded.asked, shared = excluded.shared;
