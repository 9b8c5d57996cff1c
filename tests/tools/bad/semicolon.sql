-- query: a :exec
DELETE FROM place

-- query: b :exec
DELETE FROM place;
