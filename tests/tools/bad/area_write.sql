-- query: a :exec
DELETE FROM item;
