-- query: a :exec
-- inn: code text
DELETE FROM place;
