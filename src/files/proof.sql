-- query: proof_insert :exec
-- in: area int, id file_id, kind text, owner int, name text, type text, size int, hash text, by user_id, at time
INSERT INTO proof_file (area_id, id, kind, owner_id, name, type, size, hash, by_id, at)
VALUES (:area, :id, :kind, :owner, :name, :type, :size, :hash, :by, :at);

-- query: proof_list :many
-- Of one account alone, when one is given.
-- in: area int, kind text, owner int, only int
-- out: id file_id, name text, size int, by_name text, at time
SELECT f.id, f.name, f.size, a.name, f.at FROM proof_file f JOIN account a ON a.id = f.by_id
 WHERE f.area_id = :area AND f.owner_id = :owner AND f.kind = :kind AND f.void_on IS NULL AND (:only = 0 OR f.by_id = :only)
 ORDER BY f.id LIMIT 50;

-- query: proof_get :one
-- in: area int, id file_id, kind text, owner int, only int
-- out: name text, type text, hash text
SELECT name, type, hash FROM proof_file
 WHERE area_id = :area AND id = :id AND kind = :kind AND owner_id = :owner AND void_on IS NULL AND (:only = 0 OR by_id = :only);

-- query: proof_count :one
-- in: area int, kind text, owner int
-- out: total int
SELECT count(*) FROM proof_file WHERE area_id = :area AND owner_id = :owner AND kind = :kind AND void_on IS NULL;

-- query: proof_void :exec
-- in: area int, id file_id, kind text, owner int, only int, day date
UPDATE proof_file SET void_on = :day
 WHERE area_id = :area AND id = :id AND kind = :kind AND owner_id = :owner AND void_on IS NULL AND (:only = 0 OR by_id = :only);

-- query: proof_restore :exec
-- in: area int, id file_id, kind text, owner int, only int
UPDATE proof_file SET void_on = NULL
 WHERE area_id = :area AND id = :id AND kind = :kind AND owner_id = :owner AND void_on IS NOT NULL AND (:only = 0 OR by_id = :only);
