-- query: import_known :many
-- Who is in service below a unit.
-- in: area int, top unit_id, day date
-- out: name text, unit unit_id, born date?
-- filter: area  s.area_id = :area
SELECT s.name, s.unit_id, s.born FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN staff s ON s.area_id = u.area_id AND s.unit_id = u.id
 WHERE c.ancestor_id = :top AND (s.left_on IS NULL OR s.left_on > :day) /*filter*/ LIMIT 100000;

-- query: import_heads :many
-- Which units below one have a head.
-- in: area int, top unit_id, day date
-- out: unit unit_id
-- filter: area  p.area_id = :area
SELECT DISTINCT p.unit_id FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN post p ON p.area_id = u.area_id AND p.unit_id = u.id
 WHERE c.ancestor_id = :top AND p.kind = 'head' AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day) /*filter*/ ORDER BY p.unit_id LIMIT 100000;
