-- query: a :exec
-- in: code bool?
DELETE FROM place WHERE code = :code;
