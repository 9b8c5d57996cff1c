-- query: project_serial_next :one
-- The next number of a station and year.
-- in: unit unit_id, year int
-- out: last int, code text
INSERT INTO project_serial (unit_id, year, last) VALUES (:unit, :year, 1)
ON CONFLICT (unit_id, year) DO UPDATE SET last = project_serial.last + 1
RETURNING last, (SELECT code FROM unit WHERE id = :unit);

-- query: project_insert :exec
-- in: area int, id project_id, unit unit_id, no text, name text, kind text, slot text?, staff staff_id?, opened date, by user_id?, at time
INSERT INTO project (area_id, id, unit_id, no, name, kind, slot, staff_id, state, opened_on, by_id, at, version)
VALUES (:area, :id, :unit, :no, :name, :kind, :slot, :staff, 'needs', :opened, :by, :at, 1);

-- query: project_update :exec
-- Nothing happens when somebody else saved in between.
-- in: area int, id project_id, version int, name text, kind text, slot text?, staff staff_id?
UPDATE project SET name = :name, kind = :kind, slot = :slot, staff_id = :staff, version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version;

-- query: project_get :one
-- in: area int, id project_id
-- out: id project_id, unit unit_id, unit_name text, profile text, no text, name text, kind text, slot text?, staff staff_id?, staff_name text?, state text
-- out: before text?, reason text?, party_org text?, residents_org text?, decision text?, decided_on date?, decided_by text?, decision_no text?
-- out: granted money?, third_by text?, third_on date?, third_result text?, improvement text?, opened date, closed date?, version int
SELECT p.id, p.unit_id, u.name, u.profile, p.no, p.name, p.kind, p.slot, p.staff_id, s.name, p.state, p.before, p.reason, p.party_org, p.residents_org,
       p.decision, p.decided_on, p.decided_by, p.decision_no, p.granted, p.third_by, p.third_on, p.third_result, p.improvement, p.opened_on,
       p.closed_on, p.version
  FROM project p JOIN unit u ON u.id = p.unit_id LEFT JOIN staff s ON s.area_id = p.area_id AND s.id = p.staff_id
 WHERE p.area_id = :area AND p.id = :id;

-- query: project_list :many
-- The projects of a subtree, newest first.  From the projects to the tree: a country has far more units.
-- in: area int, top unit_id, unit unit_id, state text, kind text, text text, after project_id, most int
-- out: id project_id, no text, name text, kind text, unit unit_id, unit_name text, staff_name text?, state text, opened date, closed date?
-- out: times int, firsts int, open_findings int
-- filter: area  p.area_id = :area
-- filter: unit  p.unit_id = :unit
-- filter: state  p.state = :state
-- filter: running  p.state NOT IN ('closed', 'rejected', 'withdrawn', 'terminated')
-- filter: kind  p.kind = :kind
-- filter: text  p.name LIKE :text OR p.no LIKE :text
-- sort: new  p.id DESC  after p.id < :after
SELECT p.id, p.no, p.name, p.kind, p.unit_id, u.name, s.name, p.state, p.opened_on, p.closed_on,
       coalesce((SELECT sum(a.times) FROM project_activity a WHERE a.area_id = p.area_id AND a.project_id = p.id AND a.state = 'held'), 0),
       coalesce((SELECT sum(a.firsts) FROM project_activity a WHERE a.area_id = p.area_id AND a.project_id = p.id AND a.state = 'held'), 0),
       (SELECT count(*) FROM project_finding f WHERE f.area_id = p.area_id AND f.project_id = p.id AND f.way = 'open')
  FROM project p LEFT JOIN unit u ON u.area_id = p.area_id AND u.id = p.unit_id
  LEFT JOIN staff s ON s.area_id = p.area_id AND s.id = p.staff_id
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = p.unit_id) /*filter*/ /*sort*/
 LIMIT :most;

-- query: project_count :one
-- like: project_list
-- kept:
-- in: area int, top unit_id, unit unit_id, state text, kind text, text text
-- out: total int
SELECT count(*) FROM project p LEFT JOIN unit u ON u.area_id = p.area_id AND u.id = p.unit_id
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = p.unit_id) /*filter*/;

-- query: project_units :many
-- The units of a subtree that have projects.
-- in: area int, top unit_id
-- out: id unit_id, name text
-- filter: area  p.area_id = :area
SELECT DISTINCT p.unit_id, u.name FROM project p LEFT JOIN unit u ON u.area_id = p.area_id AND u.id = p.unit_id
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = p.unit_id) /*filter*/
 ORDER BY u.name LIMIT 500;

-- query: project_move :exec
-- Only from the state that was seen.
-- in: area int, id project_id, from text, to text, before text?, reason text?, improvement text?, closed date?
UPDATE project SET state = :to, before = :before, reason = :reason, improvement = coalesce(:improvement, improvement), closed_on = :closed,
       version = version + 1
 WHERE area_id = :area AND id = :id AND state = :from;

-- query: project_decide :exec
-- in: area int, id project_id, decision text, on date, by text, no text?, granted money?, third_by text?, third_on date?, third_result text?
UPDATE project SET decision = :decision, decided_on = :on, decided_by = :by, decision_no = :no, granted = :granted, third_by = :third_by,
       third_on = :third_on, third_result = :third_result, version = version + 1
 WHERE area_id = :area AND id = :id AND state = 'approval';

-- query: project_guides :exec
-- Who guides it, as the assessment that was handed in says.
-- in: area int, id project_id, party_org text, residents_org text
UPDATE project SET party_org = :party_org, residents_org = :residents_org WHERE area_id = :area AND id = :id;

-- query: project_event_insert :exec
-- in: area int, id event_id, project project_id, kind text, on date, at time, by user_id, from text?, to text?, what text?, was text?, became text?, reason text?
INSERT INTO project_event (area_id, id, project_id, kind, on_date, at, by_id, from_state, to_state, what, was, became, reason)
VALUES (:area, :id, :project, :kind, :on, :at, :by, :from, :to, :what, :was, :became, :reason);

-- query: project_events :many
-- What happened, the newest first.
-- in: area int, project project_id, after event_id, most int
-- out: id event_id, kind text, on date, at time, by_name text, from text?, to text?, what text?, was text?, became text?, reason text?
-- filter: change  e.kind = 'change'
-- sort: new  e.id DESC  after e.id < :after
SELECT e.id, e.kind, e.on_date, e.at, a.name, e.from_state, e.to_state, e.what, e.was, e.became, e.reason
  FROM project_event e JOIN account a ON a.id = e.by_id
 WHERE e.area_id = :area AND e.project_id = :project /*filter*/ /*sort*/ LIMIT :most;

-- query: project_lines :many
-- The lines of lists that a project answers, as the newest version has them.
-- in: area int, project project_id
-- out: list list_id, line line_id, kind text, title text, text text, state text
SELECT l.id, i.line_id, l.kind, l.title, i.text, i.state
  FROM project_line k JOIN list_line i ON i.area_id = k.area_id AND i.line_id = k.line_id AND i.void_on IS NULL
  JOIN list l ON l.area_id = i.area_id AND l.id = i.list_id
 WHERE k.area_id = :area AND k.project_id = :project AND k.ended_on IS NULL
   AND l.id = (SELECT max(n.list_id) FROM list_line n JOIN list v ON v.area_id = n.area_id AND v.id = n.list_id AND v.state IN ('valid', 'old')
                WHERE n.area_id = i.area_id AND n.line_id = i.line_id AND n.void_on IS NULL)
 ORDER BY k.line_id LIMIT 200;

-- query: project_lines_count :one
-- in: area int, project project_id
-- out: total int
SELECT count(*) FROM project_line WHERE area_id = :area AND project_id = :project AND ended_on IS NULL;

-- query: project_lines_offered :many
-- Needs and problems of lists in force, of the unit, of those below it and above it.
-- in: area int, unit unit_id, project project_id
-- out: line line_id, kind text, text text, unit_name text
SELECT i.line_id, l.kind, i.text, u.name
  FROM list l JOIN list_line i ON i.area_id = l.area_id AND i.list_id = l.id AND i.void_on IS NULL
  JOIN unit u ON u.id = l.unit_id
 WHERE l.area_id = :area AND l.state = 'valid' AND l.kind IN ('needs', 'problems') AND i.state IN ('open', 'planned')
   AND (EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :unit AND c.descendant_id = l.unit_id)
        OR EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = l.unit_id AND c.descendant_id = :unit))
   AND NOT EXISTS (SELECT 1 FROM project_line k WHERE k.area_id = i.area_id AND k.project_id = :project AND k.line_id = i.line_id AND k.ended_on IS NULL)
 ORDER BY i.line_id DESC LIMIT 400;

-- query: project_line_put :exec
-- in: area int, project project_id, line line_id
INSERT INTO project_line (area_id, project_id, line_id) VALUES (:area, :project, :line)
ON CONFLICT (area_id, project_id, line_id) DO UPDATE SET ended_on = NULL;

-- query: project_line_end :exec
-- in: area int, project project_id, line line_id, day date
UPDATE project_line SET ended_on = :day WHERE area_id = :area AND project_id = :project AND line_id = :line AND ended_on IS NULL;

-- query: project_lines_planned :exec
-- What an approved project answers has a project now, in the version in force and in the draft of the next.
-- in: area int, project project_id
UPDATE list_line SET state = 'planned', version = version + 1
 WHERE area_id = :area AND state = 'open' AND void_on IS NULL
   AND line_id IN (SELECT k.line_id FROM project_line k WHERE k.area_id = :area AND k.project_id = :project AND k.ended_on IS NULL)
   AND list_id IN (SELECT l.id FROM list l WHERE l.area_id = :area AND l.state IN ('draft', 'valid'));
