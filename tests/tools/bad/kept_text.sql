-- query: a :one
-- kept:
-- out: name text
SELECT 'x';
