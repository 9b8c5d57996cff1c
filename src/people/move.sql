-- query: move_county :one
-- The same person in another county.
-- in: area int, id person_id
-- out: new person_id, old person_id
SELECT COALESCE(moved_to, 0), COALESCE(came_from, 0) FROM person WHERE area_id = :area AND id = :id;

-- query: move_targets :many
-- The stations of the same area: a person may move to any of them.
-- in: area int
-- out: id unit_id, name text
SELECT id, name FROM unit WHERE area_id = :area AND closed_on IS NULL ORDER BY code LIMIT 600;
