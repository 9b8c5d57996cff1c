-- query: a :one
SELECT 1;
