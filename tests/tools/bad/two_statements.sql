-- query: a :exec
DELETE FROM place; DELETE FROM place;
