-- query: unit_get :one
-- in: id unit_id
-- out: id unit_id, area int, code text, profile text, level text, parent unit_id?, name text, division text, region text?, run_mode text?
-- out: premises text?, address text?, hotline text?, opened_on date, closed_on date?, successor unit_id?, version int
SELECT id, area_id, code, profile, level, parent_id, name, division, region, run_mode, premises, address, hotline, opened_on, closed_on,
       successor_id, version
  FROM unit WHERE id = :id;

-- query: unit_find_code :one
-- in: code text
-- out: id unit_id
SELECT id FROM unit WHERE code = :code;

-- query: unit_insert :exec
-- in: id unit_id, area int, code text, profile text, level text, parent unit_id?, name text, division text, region text?, run_mode text?
-- in: premises text?, address text?, hotline text?, opened_on date
INSERT INTO unit (id, area_id, code, profile, level, parent_id, name, division, region, run_mode, premises, address, hotline,
                  opened_on, version)
VALUES (:id, :area, :code, :profile, :level, :parent, :name, :division, :region, :run_mode, :premises, :address, :hotline,
        :opened_on, 1)
ON CONFLICT (code) DO NOTHING;

-- query: unit_event_put :exec
-- in: id event_id, unit unit_id, on_date date, kind text, was text?, became text?, by user_id?
INSERT INTO unit_event (id, unit_id, on_date, kind, old_value, new_value, by_id)
VALUES (:id, :unit, :on_date, :kind, :was, :became, :by);

-- query: unit_last_change :one
-- in: unit unit_id
-- out: on_date date
SELECT on_date FROM unit_event WHERE unit_id = :unit ORDER BY on_date DESC LIMIT 1;

-- query: unit_closure_add :exec
-- A new leaf below its parent (or on top).
-- in: unit unit_id, parent unit_id?
INSERT INTO unit_closure (ancestor_id, descendant_id, depth)
SELECT ancestor_id, CAST(:unit AS BIGINT), depth + 1 FROM unit_closure WHERE descendant_id = :parent
UNION ALL SELECT CAST(:unit AS BIGINT), CAST(:unit AS BIGINT), 0;

-- query: unit_closure_cut :exec
-- A subtree is taken off what is above it.
-- in: unit unit_id
DELETE FROM unit_closure
 WHERE descendant_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND ancestor_id IN (SELECT ancestor_id FROM unit_closure WHERE descendant_id = :unit AND depth > 0);

-- query: unit_closure_hang :exec
-- A subtree that was cut off is hung under another unit.
-- in: unit unit_id, parent unit_id
INSERT INTO unit_closure (ancestor_id, descendant_id, depth)
SELECT up.ancestor_id, down.descendant_id, up.depth + down.depth + 1
  FROM unit_closure up CROSS JOIN unit_closure down
 WHERE up.descendant_id = :parent AND down.ancestor_id = :unit;

-- query: unit_count_one :exec
-- An open unit more (1) or less (-1) in its own subtree and in those above it.  Bottom up, so that two changes of one tree do
-- not wait for each other in a circle.
-- in: unit unit_id, by int
INSERT INTO unit_count (unit_id, level, n)
SELECT c.ancestor_id, u.level, :by FROM unit u JOIN unit_closure c ON c.descendant_id = u.id WHERE u.id = :unit ORDER BY c.depth
ON CONFLICT (unit_id, level) DO UPDATE SET n = unit_count.n + excluded.n;

-- query: unit_count_hang :exec
-- A whole subtree more (1) or less (-1) in those above it.
-- in: unit unit_id, by int
INSERT INTO unit_count (unit_id, level, n)
SELECT c.ancestor_id, k.level, k.n * :by FROM unit_closure c JOIN unit_count k ON k.unit_id = c.descendant_id
 WHERE c.descendant_id = :unit AND c.depth > 0 ORDER BY c.depth, k.level
ON CONFLICT (unit_id, level) DO UPDATE SET n = unit_count.n + excluded.n;

-- query: unit_above :one
-- in: top unit_id, unit unit_id
-- out: total int
SELECT count(*) FROM unit_closure WHERE ancestor_id = :top AND descendant_id = :unit;

-- query: unit_set_name :exec
-- in: id unit_id, name text
UPDATE unit SET name = :name, version = version + 1 WHERE id = :id;

-- query: unit_set_parent :exec
-- in: id unit_id, parent unit_id
UPDATE unit SET parent_id = :parent, version = version + 1 WHERE id = :id;

-- query: unit_set_closed :exec
-- in: id unit_id, on_date date, successor unit_id?
UPDATE unit SET closed_on = :on_date, successor_id = :successor, version = version + 1 WHERE id = :id;

-- query: unit_set_facts :exec
-- Nothing happens when somebody else saved in between.
-- in: id unit_id, version int, region text?, run_mode text?, premises text?, address text?, hotline text?
UPDATE unit SET region = :region, run_mode = :run_mode, premises = :premises, address = :address, hotline = :hotline,
       version = version + 1
 WHERE id = :id AND version = :version;

-- query: unit_open_below :many
-- The open units directly below a unit.
-- in: parent unit_id
-- out: id unit_id
SELECT id FROM unit WHERE parent_id = :parent AND closed_on IS NULL ORDER BY code;

-- query: unit_old_value :one
-- The first change of a kind after a day: what stood before it, stood on the day.
-- in: unit unit_id, day date, kind text, other_kind text
-- out: was text?
SELECT old_value FROM unit_event
 WHERE unit_id = :unit AND on_date > :day AND (kind = :kind OR kind = :other_kind) ORDER BY on_date, id LIMIT 1;

-- query: unit_division :one
-- in: code text
-- out: name text, valid_to date?
SELECT name, valid_to FROM division WHERE code = :code;

-- query: unit_divisions_known :one
-- Is a table of divisions loaded?
-- out: total int
SELECT count(*) FROM (SELECT code FROM division LIMIT 1) t;

-- query: unit_divisions_in :many
-- The divisions of a level in a range of codes, as they stand.
-- in: level int, from text, to text
-- out: code text, name text
SELECT code, name FROM division WHERE code >= :from AND code <= :to AND level = :level AND valid_to IS NULL ORDER BY code LIMIT 5000;
