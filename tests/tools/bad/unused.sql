-- query: a :exec
-- in: code text,
-- in: name text
DELETE FROM place WHERE code = :code;
