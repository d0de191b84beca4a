INSERT INTO raw (sha256, data_z) VALUES (unhex(:sha256), :data_z) ON CONFLICT DO NOTHING;
