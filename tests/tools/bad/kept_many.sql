-- query: a :many
-- kept:
-- out: id int
SELECT 1;
