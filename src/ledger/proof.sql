-- query: proof_insert :exec
-- in: area int, id file_id, entry entry_id, name text, type text, size int, hash text, by user_id, at time
INSERT INTO entry_file (area_id, id, entry_id, name, type, size, hash, by_id, at) VALUES (:area, :id, :entry, :name, :type, :size, :hash, :by, :at);

-- query: proof_list :many
-- in: area int, entry entry_id
-- out: id file_id, name text, size int, by_name text, at time
SELECT f.id, f.name, f.size, a.name, f.at FROM entry_file f JOIN account a ON a.id = f.by_id
 WHERE f.area_id = :area AND f.entry_id = :entry AND f.void_on IS NULL ORDER BY f.id LIMIT 50;

-- query: proof_get :one
-- in: area int, id file_id, entry entry_id
-- out: name text, type text, hash text
SELECT name, type, hash FROM entry_file WHERE area_id = :area AND id = :id AND entry_id = :entry AND void_on IS NULL;

-- query: proof_count :one
-- in: area int, entry entry_id
-- out: total int
SELECT count(*) FROM entry_file WHERE area_id = :area AND entry_id = :entry AND void_on IS NULL;

-- query: proof_void :exec
-- in: area int, id file_id, entry entry_id, day date
UPDATE entry_file SET void_on = :day WHERE area_id = :area AND id = :id AND entry_id = :entry AND void_on IS NULL;

-- query: proof_restore :exec
-- in: area int, id file_id, entry entry_id
UPDATE entry_file SET void_on = NULL WHERE area_id = :area AND id = :id AND entry_id = :entry AND void_on IS NOT NULL;
