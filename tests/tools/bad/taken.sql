-- query: a :exec
-- in: db text
DELETE FROM place WHERE code = :db;
