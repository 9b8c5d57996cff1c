-- query: seal_known :one
-- The fingerprint of the key that this database is sealed with.
-- out: value text
SELECT value FROM setting WHERE name = 'key';

-- query: seal_note :exec
-- in: value text
INSERT INTO setting (name, value) VALUES ('key', :value) ON CONFLICT (name) DO NOTHING;

-- query: seal_renote :exec
-- in: value text
UPDATE setting SET value = :value WHERE name = 'key';
