-- query: lamps_of_unit :many
-- What the rules said of a unit on a day.
-- in: area int, unit unit_id, day date
-- out: rule text, state text, left_value text?, right_value text?, figures text, version int, from_on date
SELECT r.rule, r.state, r.left_value, r.right_value, r.figures, r.version, r.from_on
  FROM rule_result r
 WHERE r.area_id = :area AND r.unit_id = :unit AND r.from_on <= :day AND (r.to_on IS NULL OR r.to_on > :day)
 ORDER BY r.rule LIMIT 300;

-- query: lamps_staff :many
-- Names for those whom a lamp concerns.
-- in: area int, unit unit_id
-- out: id staff_id, name text
SELECT s.id, s.name FROM staff s WHERE s.area_id = :area AND s.unit_id = :unit ORDER BY s.id LIMIT 500;

-- query: lamps_units :many
-- The units of a level in a subtree with their lamps of a day, "R-A=ok R-B=error" in one text.
-- anyarea: a subtree may hold several areas
-- in: top unit_id, level text, day date, rule text, most int, skip int
-- out: id unit_id, name text, errors int, warnings int, unknown int, lamps text?
-- sort: worst  errors DESC, warnings DESC, unknown DESC, t.code
-- sort: name  t.name, t.code
-- sort: rule  picked DESC, t.code
SELECT t.id, t.name, t.errors, t.warnings, t.unknown, t.lamps
  FROM (SELECT s.id, s.name, s.code, sum(CASE WHEN r.state = 'error' THEN 1 ELSE 0 END) AS errors,
               sum(CASE WHEN r.state = 'warn' THEN 1 ELSE 0 END) AS warnings, sum(CASE WHEN r.state = 'unknown' THEN 1 ELSE 0 END) AS unknown,
               max(CASE WHEN r.rule <> :rule THEN 0 WHEN r.state = 'error' THEN 5 WHEN r.state = 'warn' THEN 4 WHEN r.state = 'unknown' THEN 3
                        WHEN r.state = 'note' THEN 2 ELSE 1 END) AS picked,
-- sqlite: group_concat(r.rule || '=' || r.state, ' ') AS lamps
-- postgres: string_agg(r.rule || '=' || r.state, ' ') AS lamps
          FROM (SELECT u.id, u.area_id, u.name, u.code FROM unit u CROSS JOIN unit_closure c
                 WHERE u.level = :level AND c.ancestor_id = :top AND c.descendant_id = u.id
                   AND u.opened_on <= :day AND (u.closed_on IS NULL OR u.closed_on > :day) LIMIT 40000) s
          LEFT JOIN rule_result r ON r.area_id = s.area_id AND r.unit_id = s.id AND r.from_on <= :day AND (r.to_on IS NULL OR r.to_on > :day)
         GROUP BY s.id, s.name, s.code) t
 /*sort*/ LIMIT :most OFFSET :skip;

-- query: lamps_totals :many
-- How many units of a level have a lamp in a state, by rule.
-- anyarea: a subtree may hold several areas
-- in: top unit_id, level text, day date
-- out: rule text, state text, total int
SELECT r.rule, r.state, count(*)
  FROM unit u
 CROSS JOIN unit_closure c
 CROSS JOIN rule_result r
 WHERE u.level = :level AND c.ancestor_id = :top AND c.descendant_id = u.id AND r.area_id = u.area_id AND r.unit_id = u.id
   AND r.from_on <= :day AND (r.to_on IS NULL OR r.to_on > :day)
 GROUP BY r.rule, r.state;

-- query: lamps_levels :many
-- The levels of a subtree, with how many units are open.
-- in: top unit_id
-- out: profile text, level text, total int
SELECT u.profile, u.level, count(*) FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top AND u.closed_on IS NULL GROUP BY u.profile, u.level;

-- query: lamps_trend :many
-- The lamps of a level at the end of each of twelve months, by state; with "rule", of one rule.
-- anyarea: a subtree may hold several areas
-- in: top unit_id, level text, rule text, d0 date, d1 date, d2 date, d3 date, d4 date, d5 date, d6 date, d7 date, d8 date, d9 date, d10 date, d11 date
-- out: state text, n0 int, n1 int, n2 int, n3 int, n4 int, n5 int, n6 int, n7 int, n8 int, n9 int, n10 int, n11 int
-- filter: rule  r.rule = :rule
SELECT r.state, sum(CASE WHEN r.from_on <= :d0 AND (r.to_on IS NULL OR r.to_on > :d0) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d1 AND (r.to_on IS NULL OR r.to_on > :d1) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d2 AND (r.to_on IS NULL OR r.to_on > :d2) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d3 AND (r.to_on IS NULL OR r.to_on > :d3) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d4 AND (r.to_on IS NULL OR r.to_on > :d4) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d5 AND (r.to_on IS NULL OR r.to_on > :d5) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d6 AND (r.to_on IS NULL OR r.to_on > :d6) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d7 AND (r.to_on IS NULL OR r.to_on > :d7) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d8 AND (r.to_on IS NULL OR r.to_on > :d8) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d9 AND (r.to_on IS NULL OR r.to_on > :d9) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d10 AND (r.to_on IS NULL OR r.to_on > :d10) THEN 1 ELSE 0 END),
       sum(CASE WHEN r.from_on <= :d11 AND (r.to_on IS NULL OR r.to_on > :d11) THEN 1 ELSE 0 END)
  FROM unit u
 CROSS JOIN unit_closure c
 CROSS JOIN rule_result r
 WHERE u.level = :level AND c.ancestor_id = :top AND c.descendant_id = u.id AND r.area_id = u.area_id AND r.unit_id = u.id /*filter*/
 GROUP BY r.state;

-- query: lamps_facts :many
-- What was entered for a unit, newest first.
-- in: area int, unit unit_id, day date
-- out: fact text, from_on date, value text, source text?
SELECT f.fact, f.from_on, f.value, f.source FROM unit_fact f
 WHERE f.area_id = :area AND f.unit_id = :unit AND f.from_on <= :day ORDER BY f.from_on DESC, f.fact LIMIT 1000;

-- query: lamps_fact_put :exec
-- in: area int, unit unit_id, fact text, from_on date, value text, source text?, by user_id, at time
INSERT INTO unit_fact (area_id, unit_id, fact, from_on, value, source, by_id, at)
VALUES (:area, :unit, :fact, :from_on, :value, :source, :by, :at)
ON CONFLICT (area_id, unit_id, fact, from_on) DO UPDATE SET value = excluded.value, source = excluded.source, by_id = excluded.by_id, at = excluded.at;

-- query: lamps_touch_below :exec
-- What holds for a whole subtree was changed.
-- in: top unit_id, at time
INSERT INTO rule_todo (unit_id, at) SELECT descendant_id, CAST(:at AS BIGINT) FROM unit_closure WHERE ancestor_id = :top
ON CONFLICT (unit_id) DO NOTHING;

-- query: lamps_versions :many
-- What a place made of a rule, newest first.
-- in: profile text, rule text
-- out: version int, expr text, parameters text, reason text?, by_name text?, at time
SELECT v.version, v.expr, v.parameters, v.reason, a.name, v.at
  FROM rule_version v LEFT JOIN account a ON a.id = v.by_id
 WHERE v.profile = :profile AND v.rule = :rule ORDER BY v.version DESC LIMIT 50;

-- query: lamps_version_put :exec
-- in: profile text, rule text, version int, expr text, parameters text, reason text?, by user_id, at time
INSERT INTO rule_version (profile, rule, version, expr, parameters, reason, by_id, at)
VALUES (:profile, :rule, :version, :expr, :parameters, :reason, :by, :at)
ON CONFLICT (profile, rule, version) DO UPDATE SET expr = excluded.expr, parameters = excluded.parameters, reason = excluded.reason,
    by_id = excluded.by_id, at = excluded.at;

-- query: lamps_draft_drop :exec
-- in: profile text, rule text
DELETE FROM rule_version WHERE profile = :profile AND rule = :rule AND version = 0;

-- query: lamps_touch_profile :exec
-- All units of a place are to be looked at again.
-- in: profile text, at time
INSERT INTO rule_todo (unit_id, at) SELECT u.id, CAST(:at AS BIGINT) FROM unit u WHERE u.profile = :profile AND u.closed_on IS NULL
ON CONFLICT (unit_id) DO NOTHING;
