-- query: a :exec
DELETE FROM place;

-- query: a :exec
DELETE FROM place;
