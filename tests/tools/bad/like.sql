-- query: a :many
-- out: code text
-- like: b
SELECT code FROM place WHERE true /*filter*/;
