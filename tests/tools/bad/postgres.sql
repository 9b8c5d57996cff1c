-- query: a :exec
DELETE FROM place WHERE
-- sqlite: true;
-- postgres: :x;
