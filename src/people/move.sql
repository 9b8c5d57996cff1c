-- query: move_targets :many
-- The stations of the same area: a person may move to any of them.
-- in: area int
-- out: id unit_id, name text
SELECT id, name FROM unit WHERE area_id = :area AND closed_on IS NULL ORDER BY code LIMIT 600;
