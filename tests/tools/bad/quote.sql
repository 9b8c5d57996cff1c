-- query: a :exec
DELETE FROM place WHERE code = 'x;
