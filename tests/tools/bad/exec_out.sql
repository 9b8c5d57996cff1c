-- query: a :exec
-- out: n int
SELECT 1;
