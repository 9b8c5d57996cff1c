-- query: a :many
-- out: code text
SELECT code FROM place WHERE true /*filter*/;
