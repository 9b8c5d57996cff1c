-- query: profile_put :exec
-- in: code text, name text, doc text, at time
INSERT INTO profile (code, name, doc, loaded_at) VALUES (:code, :name, :doc, :at)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, doc = excluded.doc, loaded_at = excluded.loaded_at;
