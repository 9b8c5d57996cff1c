-- query: a :many
-- out: code text
-- filter: named  name IS NOT NULL
-- filter: bad  nmae IS NOT NULL
SELECT code FROM place WHERE true /*filter*/;
