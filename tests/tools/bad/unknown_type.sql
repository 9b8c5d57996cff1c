-- query: a :exec
-- in: code string
DELETE FROM place WHERE code = :code;
