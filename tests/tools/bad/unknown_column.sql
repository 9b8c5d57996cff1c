-- query: a :many
-- in: area int
-- out: name text
SELECT nmae
  FROM item WHERE area_id = :area;
