-- query: county_areas :many
-- The other counties that have stations.
-- in: area int
-- out: area int, name text?
SELECT DISTINCT u.area_id, d.name FROM unit u LEFT JOIN division d ON d.code = CAST(u.area_id AS TEXT) || '000000'
 WHERE u.area_id <> :area AND u.closed_on IS NULL AND u.level = 'station' ORDER BY 1 LIMIT 400;

-- query: county_units :many
-- The stations of a county.
-- in: area int
-- out: id unit_id, name text
SELECT id, name FROM unit WHERE area_id = :area AND closed_on IS NULL AND level = 'station' ORDER BY code LIMIT 400;

-- query: county_leave :exec
-- He is served in another county from now on; what happened stays here.
-- in: area int, id person_id, new person_id, on date, at time
UPDATE person SET closed_on = :on, moved_to = :new, household_id = NULL, updated_at = :at, version = version + 1
 WHERE area_id = :area AND id = :id AND closed_on IS NULL;

-- query: county_arrive :exec
-- in: area int, id person_id, old person_id
UPDATE person SET came_from = :old WHERE area_id = :area AND id = :id;

-- query: county_guardians :many
-- in: area int, id person_id
-- out: name text, relation text?, phone text?
SELECT name, relation, phone_sealed FROM contact WHERE area_id = :area AND person_id = :id AND kind = 'guardian' AND to_on IS NULL ORDER BY id LIMIT 5;

-- query: county_known :one
-- Who has a number there already.
-- in: area int, hash text, before text
-- out: id person_id
SELECT id FROM person WHERE area_id = :area AND idno_hash IN (:hash, :before) AND closed_on IS NULL;
