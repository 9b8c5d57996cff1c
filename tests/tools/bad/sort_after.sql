-- query: a :many
-- out: code text
-- sort: bad  name  after nmae > 1
SELECT code FROM place WHERE true /*filter*/ /*sort*/;
