-- query: run_units :many
-- The units that are open on a day; with one unit, that unit and those above it.
-- in: day date, unit unit_id
-- out: id unit_id, area int, parent unit_id?, profile text, level text, division text
-- filter: one  u.id IN (SELECT ancestor_id FROM unit_closure WHERE descendant_id = :unit)
SELECT u.id, u.area_id, u.parent_id, u.profile, u.level, u.division
  FROM unit u
 WHERE u.opened_on <= :day AND (u.closed_on IS NULL OR u.closed_on > :day) /*filter*/
 ORDER BY u.id;

-- query: run_standing :many
-- What stands now, by unit and rule.
-- anyarea: the units of all areas
-- in: unit unit_id
-- out: unit unit_id, area int, rule text, from_on date, state text, left_value text?, right_value text?, figures text, version int
-- filter: one  u.id = :unit
SELECT r.unit_id, r.area_id, r.rule, r.from_on, r.state, r.left_value, r.right_value, r.figures, r.version
  FROM unit u JOIN rule_result r ON r.area_id = u.area_id AND r.unit_id = u.id
 WHERE r.to_on IS NULL /*filter*/
 ORDER BY r.unit_id;

-- query: run_versions :many
-- The places' own versions that are in force: the newest of each.
-- out: profile text, rule text, version int, expr text, parameters text
SELECT v.profile, v.rule, v.version, v.expr, v.parameters
  FROM rule_version v
 WHERE v.version > 0 AND NOT EXISTS (SELECT 1 FROM rule_version w WHERE w.profile = v.profile AND w.rule = v.rule AND w.version > v.version)
 ORDER BY v.profile, v.rule;

-- query: run_end :exec
-- in: area int, unit unit_id, rule text, day date
UPDATE rule_result SET to_on = :day WHERE area_id = :area AND unit_id = :unit AND rule = :rule AND to_on IS NULL AND from_on < :day;

-- query: run_drop :exec
-- What began today and does not hold any more never stood for a day.
-- in: area int, unit unit_id, rule text, day date
DELETE FROM rule_result WHERE area_id = :area AND unit_id = :unit AND rule = :rule AND from_on = :day;

-- query: run_put :exec
-- in: area int, unit unit_id, rule text, day date, state text, left_value text?, right_value text?, figures text, version int, at time
INSERT INTO rule_result (area_id, unit_id, rule, from_on, state, left_value, right_value, figures, version, at)
VALUES (:area, :unit, :rule, :day, :state, :left_value, :right_value, :figures, :version, :at)
ON CONFLICT (area_id, unit_id, rule, from_on) DO UPDATE SET state = excluded.state, left_value = excluded.left_value,
    right_value = excluded.right_value, figures = excluded.figures, version = excluded.version, at = excluded.at, to_on = NULL;

-- query: run_touch :exec
-- A unit and those above it are to be looked at again.
-- in: unit unit_id, at time
INSERT INTO rule_todo (unit_id, at) SELECT ancestor_id, CAST(:at AS BIGINT) FROM unit_closure WHERE descendant_id = :unit
ON CONFLICT (unit_id) DO NOTHING;

-- query: run_todo :many
-- in: most int
-- out: unit unit_id
SELECT unit_id FROM rule_todo ORDER BY at LIMIT :most;

-- query: run_done :exec
-- A mark that was put while it was being looked at stays.
-- in: unit unit_id, at time
DELETE FROM rule_todo WHERE unit_id = :unit AND at < :at;

-- query: run_done_all :exec
-- in: at time
DELETE FROM rule_todo WHERE at < :at;

-- query: run_claim :exec
-- Nothing happens when somebody else has begun it, and not long ago been cut off.
-- in: day date, at time, stale time
INSERT INTO rule_run (day, started_at) VALUES (:day, :at)
ON CONFLICT (day) DO UPDATE SET started_at = excluded.started_at WHERE rule_run.ended_at IS NULL AND rule_run.started_at < :stale;

-- query: run_ended :exec
-- in: day date, at time, units int, changed int
UPDATE rule_run SET ended_at = :at, units = :units, changed = :changed WHERE day = :day;

-- query: run_last :one
-- out: day date, started_at time, ended_at time?, units int?, changed int?
SELECT day, started_at, ended_at, units, changed FROM rule_run ORDER BY day DESC LIMIT 1;

-- query: run_below :many
-- The open units of a profile in a subtree.
-- in: top unit_id, profile text
-- out: id unit_id
SELECT u.id FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top AND u.profile = :profile AND u.closed_on IS NULL ORDER BY c.depth, u.code LIMIT 30000;

-- query: run_says :many
-- What one rule says now of the units of a subtree.
-- anyarea: a subtree may hold several areas
-- in: top unit_id, rule text
-- out: id unit_id, name text, state text?
SELECT u.id, u.name, r.state
  FROM unit_closure c
  JOIN unit u ON u.id = c.descendant_id
  LEFT JOIN rule_result r ON r.area_id = u.area_id AND r.unit_id = u.id AND r.rule = :rule AND r.to_on IS NULL
 WHERE c.ancestor_id = :top AND u.closed_on IS NULL ORDER BY u.id;
