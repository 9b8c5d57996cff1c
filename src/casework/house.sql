-- query: house_get :one
-- in: area int, id household_id
-- out: no text, unit_name text, closed date?
SELECT h.no, u.name, h.closed_on FROM household h JOIN unit u ON u.id = h.unit_id WHERE h.area_id = :area AND h.id = :id;

-- query: house_cases :many
-- The open cases of the members, each with its newest plan; inside: of a station of the user's subtree.  Of level S4 only those in which the user is named.
-- in: area int, household household_id, me user_id, top unit_id
-- out: id case_id, no text, person person_id, unit_name text, state text, level int, worker user_id, worker_name text?, supervisor user_id, inside bool, doc text?
SELECT f.id, f.no, f.person_id, u.name, f.state, f.level, coalesce(f.worker_id, 0), w.name, coalesce(f.supervisor_id, 0),
       EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = f.unit_id), d.doc
  FROM member m
  JOIN casefile f ON f.area_id = m.area_id AND f.person_id = m.person_id AND f.closed_on IS NULL
  JOIN unit u ON u.id = f.unit_id
  LEFT JOIN account w ON w.id = f.worker_id
  LEFT JOIN case_form d ON d.area_id = f.area_id AND d.case_id = f.id AND d.form = 'D' AND d.version = (SELECT max(x.version) FROM case_form x
       WHERE x.area_id = f.area_id AND x.case_id = f.id AND x.form = 'D' AND x.status IN ('submitted', 'approved'))
 WHERE m.area_id = :area AND m.household_id = :household AND m.to_on IS NULL AND f.state NOT IN ('declined', 'referred_out')
   AND (f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me
        OR EXISTS (SELECT 1 FROM case_named k WHERE k.area_id = f.area_id AND k.case_id = f.id AND k.account_id = :me))
 ORDER BY f.opened_on, f.id LIMIT 60;

-- query: house_done :many
-- Which steps of those plans are done: ticked, or named by a record ("D.steps:2").
-- in: area int, household household_id
-- out: case_ case_id, items text?
SELECT t.case_id, t.item FROM member m
  JOIN casefile f ON f.area_id = m.area_id AND f.person_id = m.person_id AND f.closed_on IS NULL
  JOIN case_tick t ON t.area_id = f.area_id AND t.case_id = f.id
 WHERE m.area_id = :area AND m.household_id = :household AND m.to_on IS NULL AND t.item LIKE 'D.steps:%'
UNION ALL
SELECT e.case_id,
-- sqlite:   json_extract(e.doc, '$.goal_link')
-- postgres:   CAST(e.doc AS json) ->> 'goal_link'
  FROM member m
  JOIN casefile f ON f.area_id = m.area_id AND f.person_id = m.person_id AND f.closed_on IS NULL
  JOIN case_form e ON e.area_id = f.area_id AND e.case_id = f.id AND e.form = 'E' AND e.current = 1 AND e.status <> 'draft'
 WHERE m.area_id = :area AND m.household_id = :household AND m.to_on IS NULL
 LIMIT 2000;

-- query: house_plan_newest :one
-- in: area int, household household_id
-- out: id plan_id, aim text, from_on date, review date?, by_name text
SELECT p.id, p.aim, p.from_on, p.review_on, a.name FROM house_plan p JOIN account a ON a.id = p.by_id
 WHERE p.area_id = :area AND p.household_id = :household ORDER BY p.id DESC LIMIT 1;

-- query: house_plan_insert :exec
-- in: area int, id plan_id, household household_id, aim text, from_on date, review date?, by user_id, at time
INSERT INTO house_plan (area_id, id, household_id, aim, from_on, review_on, by_id, made_at) VALUES (:area, :id, :household, :aim, :from_on, :review, :by, :at);

-- query: house_lines :many
-- in: area int, household household_id
-- out: id plan_id, person person_id, goal text, action text, who text, project text?, due date?, state text, ended date?, result text?
SELECT id, coalesce(person_id, 0), goal, action, who, project, due_on, state, ended_on, result FROM house_line
 WHERE area_id = :area AND household_id = :household ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, due_on, id LIMIT 200;

-- query: house_line_insert :exec
-- in: area int, id plan_id, household household_id, person person_id?, goal text, action text, who text, project text?, due date?, by user_id, at time
INSERT INTO house_line (area_id, id, household_id, person_id, goal, action, who, project, due_on, state, by_id, made_at)
VALUES (:area, :id, :household, :person, :goal, :action, :who, :project, :due, 'open', :by, :at);

-- query: house_line_person :one
-- Whom an open line is about.
-- in: area int, id plan_id, household household_id
-- out: person person_id
SELECT coalesce(person_id, 0) FROM house_line WHERE area_id = :area AND id = :id AND household_id = :household AND state = 'open';

-- query: house_line_end :exec
-- in: area int, id plan_id, household household_id, state text, on date, result text
UPDATE house_line SET state = :state, ended_on = :on, result = :result
 WHERE area_id = :area AND id = :id AND household_id = :household AND state = 'open';
