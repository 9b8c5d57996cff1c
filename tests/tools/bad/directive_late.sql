-- query: a :exec
DELETE FROM place
-- in: code text
 WHERE code = :code;
