-- query: a :many
-- out: name text
SELECT name FROM item;
