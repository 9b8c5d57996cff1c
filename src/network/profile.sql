-- query: profile_put :exec
-- in: code text, name text, doc text, at time
INSERT INTO profile (code, name, doc, loaded_at) VALUES (:code, :name, :doc, :at)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, doc = excluded.doc, loaded_at = excluded.loaded_at;

-- query: profile_running :many
-- out: code text, name text, doc text, loaded_at time
SELECT code, name, doc, loaded_at FROM profile ORDER BY code LIMIT 64;

-- query: profile_keep :exec
-- One more version, unless it is the newest already.
-- in: code text, at time
INSERT INTO profile_version (code, version, doc, at)
SELECT p.code, (SELECT count(*) FROM profile_version v WHERE v.code = p.code) + 1, p.doc, CAST(:at AS BIGINT)
  FROM profile p
 WHERE p.code = :code
   AND NOT EXISTS (SELECT 1 FROM profile_version v WHERE v.code = p.code AND v.doc = p.doc
                      AND v.version = (SELECT max(w.version) FROM profile_version w WHERE w.code = p.code));
