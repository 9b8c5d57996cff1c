-- query: a :some
DELETE FROM place;
