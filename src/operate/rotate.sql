-- query: rotate_settings :many
-- The sealed settings.
-- out: name text, value text
SELECT name, value FROM setting WHERE name LIKE 'channel.%' ORDER BY name;

-- query: rotate_setting :exec
-- in: name text, old text, new text
UPDATE setting SET value = :new WHERE name = :name AND value = :old;

-- query: rotate_bound :exec
-- Since when all is sealed with the newest key.
-- in: at text
INSERT INTO setting (name, value) VALUES ('key.at', :at) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- query: rotate_since :one
-- out: at text
SELECT value FROM setting WHERE name = 'key.at';

-- query: rotate_links :one
-- One-time links that still work and whose code was hashed under an earlier key; the code itself is not kept.
-- anyarea: one key for all areas
-- in: before time, now time
-- out: total int, until int
SELECT count(*), COALESCE(max(expires_at), 0) FROM referral_link WHERE ended_at IS NULL AND made_at < :before AND expires_at > :now;
