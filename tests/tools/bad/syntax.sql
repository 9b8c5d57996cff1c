-- query: a :exec
DELETE FORM place;
