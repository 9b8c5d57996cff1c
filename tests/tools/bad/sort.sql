-- query: a :many
-- out: code text
-- sort: bad  nmae
SELECT code FROM place /*sort*/;
