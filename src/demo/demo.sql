-- query: demo_stations :many
-- in: area int
-- out: id unit_id, parent unit_id, name text, division text
SELECT id, parent_id, name, division FROM unit WHERE area_id = :area AND level = 'station' ORDER BY code;

-- query: demo_villages :many
-- in: parent text
-- out: code text, name text
SELECT code, name FROM division WHERE parent = :parent AND valid_to IS NULL ORDER BY code;

-- query: demo_clients :many
-- Somebody of a station whom a case could be about.
-- in: area int, unit unit_id, category text, from_ text, to_ text
-- out: id person_id, name text, born date?, categories text, level int
SELECT id, name, born, categories, level FROM person
 WHERE area_id = :area AND unit_id = :unit AND categories LIKE :category AND born > :from_ AND born < :to_ ORDER BY id LIMIT 200;

-- query: demo_is_filled :one
-- out: total int
SELECT count(*) FROM unit;
