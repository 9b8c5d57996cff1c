-- query: a :many
-- out: code text
-- filter: named  name IS NOT NULL
SELECT code FROM place;
