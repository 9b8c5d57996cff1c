-- query: a :exec
-- in: case text
DELETE FROM place WHERE code = :case;
