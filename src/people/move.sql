-- query: move_unit :exec
-- in: area int, person person_id, unit unit_id, at time
UPDATE person SET unit_id = :unit, updated_at = :at, version = version + 1 WHERE area_id = :area AND id = :person;

-- query: move_targets :many
-- The stations of the same area: a person may move to any of them.
-- in: area int
-- out: id unit_id, name text
SELECT id, name FROM unit WHERE area_id = :area AND closed_on IS NULL ORDER BY code LIMIT 600;
