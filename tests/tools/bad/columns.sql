-- query: a :many
-- out: code text
SELECT code, name FROM place;
