-- query: a :exec
-- anyarea:
DELETE FROM item;
