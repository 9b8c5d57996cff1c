-- query: review_insert :exec
-- in: area int, id review_id, project project_id, phase text, kind text, on date, party text, asked int?, score int?, grade text?, conclusion text, clean bool
-- in: by user_id, at time
INSERT INTO project_review (area_id, id, project_id, phase, kind, on_date, party, asked, score, grade, conclusion, clean, by_id, at, version)
VALUES (:area, :id, :project, :phase, :kind, :on, :party, :asked, :score, :grade, :conclusion, :clean, :by, :at, 1);

-- query: review_update :exec
-- Nothing happens when somebody else saved in between.
-- in: area int, id review_id, version int, phase text, kind text, on date, party text, asked int?, score int?, grade text?, conclusion text, clean bool
UPDATE project_review SET phase = :phase, kind = :kind, on_date = :on, party = :party, asked = :asked, score = :score, grade = :grade,
       conclusion = :conclusion, clean = :clean, version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version;

-- query: review_get :one
-- in: area int, project project_id, id review_id
-- out: phase text, kind text, on date, party text, asked int?, score int?, grade text?, conclusion text, clean bool, version int, findings int
SELECT r.phase, r.kind, r.on_date, r.party, r.asked, r.score, r.grade, r.conclusion, r.clean, r.version,
       (SELECT count(*) FROM project_finding f WHERE f.area_id = r.area_id AND f.review_id = r.id AND f.project_id = r.project_id)
  FROM project_review r WHERE r.area_id = :area AND r.project_id = :project AND r.id = :id;

-- query: review_list :many
-- in: area int, project project_id
-- out: id review_id, phase text, kind text, on date, party text, asked int?, score int?, grade text?, conclusion text, clean bool
SELECT id, phase, kind, on_date, party, asked, score, grade, conclusion, clean
  FROM project_review WHERE area_id = :area AND project_id = :project ORDER BY id LIMIT 200;

-- query: finding_insert :exec
-- in: area int, id finding_id, project project_id, review review_id, text text, problem int?, suggestion text?, way text, task text?, owner staff_id?
-- in: due date?, note text?, done date?, result text?, by user_id, at time
INSERT INTO project_finding (area_id, id, project_id, review_id, text, problem, suggestion, way, task, owner_id, due_on, note, done_on, result, by_id, at, version)
VALUES (:area, :id, :project, :review, :text, :problem, :suggestion, :way, :task, :owner, :due, :note, :done, :result, :by, :at, 1);

-- query: finding_update :exec
-- Nothing happens when somebody else saved in between.
-- in: area int, id finding_id, version int, text text, problem int?, suggestion text?, way text, task text?, owner staff_id?, due date?, note text?
-- in: done date?, result text?
UPDATE project_finding SET text = :text, problem = :problem, suggestion = :suggestion, way = :way, task = :task, owner_id = :owner, due_on = :due,
       note = :note, done_on = :done, result = :result, version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version;

-- query: finding_get :one
-- in: area int, project project_id, id finding_id
-- out: review review_id, text text, problem int?, suggestion text?, way text, task text?, owner staff_id?, due date?, note text?, done date?, result text?
-- out: version int
SELECT review_id, text, problem, suggestion, way, task, owner_id, due_on, note, done_on, result, version
  FROM project_finding WHERE area_id = :area AND project_id = :project AND id = :id;

-- query: finding_list :many
-- in: area int, project project_id
-- out: id finding_id, review review_id, text text, problem int?, suggestion text?, way text, task text?, owner_name text?, due date?, note text?, done date?
-- out: result text?
SELECT f.id, f.review_id, f.text, f.problem, f.suggestion, f.way, f.task, s.name, f.due_on, f.note, f.done_on, f.result
  FROM project_finding f LEFT JOIN staff s ON s.area_id = f.area_id AND s.id = f.owner_id
 WHERE f.area_id = :area AND f.project_id = :project ORDER BY f.review_id, f.id LIMIT 500;

-- query: finding_all :many
-- What evaluations of a subtree found and is not done yet: without a task (GZ-22), or with one.
-- in: area int, top unit_id, day date, after finding_id, most int
-- out: id finding_id, project project_id, no text, name text, unit_name text, text text, way text, task text?, owner_name text?, due date?
-- filter: area  p.area_id = :area
-- filter: none  f.way = 'open'
-- filter: late  f.way = 'task' AND f.due_on < :day
-- sort: new  f.id DESC  after f.id < :after
SELECT f.id, p.id, p.no, p.name, u.name, f.text, f.way, f.task, s.name, f.due_on
  FROM project p LEFT JOIN unit u ON u.area_id = p.area_id AND u.id = p.unit_id
  JOIN project_finding f ON f.area_id = p.area_id AND f.project_id = p.id AND f.way IN ('open', 'task') AND f.done_on IS NULL
  LEFT JOIN staff s ON s.area_id = f.area_id AND s.id = f.owner_id
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = p.unit_id) /*filter*/ /*sort*/
 LIMIT :most;

-- query: finding_all_count :one
-- like: finding_all
-- in: area int, top unit_id, day date
-- out: total int
SELECT count(*) FROM project p JOIN project_finding f ON f.area_id = p.area_id AND f.project_id = p.id AND f.way IN ('open', 'task') AND f.done_on IS NULL
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = p.unit_id) /*filter*/;

-- query: review_gate :one
-- What gates ask: rounds at mid-term and at the end, satisfaction rounds at the end, findings without task or note, rounds that say nothing
-- of what must become better.
-- in: area int, project project_id
-- out: mid int, finals int, satisfaction int, open int, silent int
SELECT coalesce(sum(CASE WHEN r.phase = 'mid' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN r.phase = 'end' AND r.kind <> 'satisfaction' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN r.phase = 'end' AND r.kind = 'satisfaction' THEN 1 ELSE 0 END), 0),
       coalesce(sum((SELECT count(*) FROM project_finding f WHERE f.area_id = r.area_id AND f.review_id = r.id AND f.project_id = r.project_id
                                                                AND f.way = 'open')), 0),
       coalesce(sum(CASE WHEN r.clean = 0 AND NOT EXISTS (SELECT 1 FROM project_finding f WHERE f.area_id = r.area_id AND f.review_id = r.id
                                                              AND f.project_id = r.project_id) THEN 1 ELSE 0 END), 0)
  FROM project_review r WHERE r.area_id = :area AND r.project_id = :project;
