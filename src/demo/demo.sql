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

-- query: demo_referred :many
-- Cases of a station that came from somebody who refers.
-- in: area int, unit unit_id
-- out: id case_id, person person_id, name text, level int, born date?, source text, state text, opened date, worker user_id, code text?, urgency int?
SELECT c.id, c.person_id, p.name, c.level, p.born, c.source, c.state, c.opened_on, c.worker_id, c.code, c.urgency
  FROM casefile c JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
 WHERE c.area_id = :area AND c.unit_id = :unit AND c.source IN ('clerk', 'committee', 'school', 'justice') AND c.level < 4 ORDER BY c.id LIMIT 40;

-- query: demo_serving :many
-- Cases of a station in intervention, by worker.
-- in: area int, unit unit_id
-- out: id case_id, person person_id, name text, level int, born date?, worker user_id, code text?
SELECT c.id, c.person_id, p.name, c.level, p.born, c.worker_id, c.code
  FROM casefile c JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
 WHERE c.area_id = :area AND c.unit_id = :unit AND c.state = 'intervention' AND c.level < 4 ORDER BY c.id LIMIT 10;
-- query: demo_fact :exec
-- in: area int, unit unit_id, fact text, from_on date, value text, at time
INSERT INTO unit_fact (area_id, unit_id, fact, from_on, value, at) VALUES (:area, :unit, :fact, :from_on, :value, :at);

-- query: demo_minutes :exec
-- Most villages have their travel time.  (The product of an id would not fit into 64 bits: PostgreSQL refuses it.)
UPDATE unit_village SET minutes = 3 + unit_id % 13 * 7 % 13 WHERE unit_id % 17 <> 3;

-- query: demo_inbox_done :exec
-- What is older than some days was seen to.
-- in: area int, before time
UPDATE inbox SET done_at = at + 3600000 WHERE area_id = :area AND at < :before;

-- query: demo_call_rule :exec
-- Victims of violence are not called at any hour.
-- in: area int, hours text, safe text
UPDATE person SET call_rule = 'hours', safe_hours = :hours, safe_phone_sealed = :safe, phone_note = '接通后先确认本人方便说话'
 WHERE area_id = :area AND id IN (SELECT r.person_id FROM report r WHERE r.area_id = :area AND r.duty = 'domestic');

-- query: demo_crisis :many
-- Critical cases of a station that are still worked on.
-- in: area int, unit unit_id
-- out: id case_id, no text, supervisor user_id
SELECT id, no, coalesce(supervisor_id, 0) FROM casefile
 WHERE area_id = :area AND unit_id = :unit AND crisis = 1 AND state IN ('intake', 'assessment', 'planning', 'intervention') ORDER BY id DESC LIMIT 2;


-- query: demo_staff :many
-- Who works in the county, with the supervisor of his area centre.
-- in: area int, day date
-- out: id staff_id, unit unit_id, name text, started_on date, supervisor staff_id?, supervisor_name text?
SELECT s.id, s.unit_id, s.name, s.started_on, v.id, v.name
  FROM staff s JOIN unit u ON u.id = s.unit_id
  LEFT JOIN staff v ON v.area_id = s.area_id AND v.id = (SELECT min(p.staff_id) FROM post p WHERE p.area_id = s.area_id AND p.unit_id = u.parent_id
       AND p.kind = 'supervisor' AND p.from_on <= :day)
 WHERE s.area_id = :area ORDER BY s.id;

-- query: demo_staff_of :one
-- in: id user_id
-- out: staff staff_id
SELECT staff_id FROM account WHERE id = :id AND staff_id IS NOT NULL;

-- query: demo_group_people :many
-- Grown-ups of a station who can stand on the list of a group.
-- in: area int, unit unit_id, born date, skip int, most int
-- out: id person_id
SELECT id FROM person WHERE area_id = :area AND unit_id = :unit AND level < 4 AND born < :born AND died_on IS NULL AND closed_on IS NULL
 ORDER BY id LIMIT :most OFFSET :skip;
