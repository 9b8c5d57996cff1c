-- query: activity_insert :exec
-- in: area int, id activity_id, project project_id, name text, state text, service text?, method text, on date, time text?, place text?, audience text?
-- in: planned int?, persons int?, firsts int?, times int?, volunteers int?, hours int?, staff text?, process text?, cost money?, goods text?
-- in: asked int?, satisfaction int?, problems text?, reflection text?, link text?, reason text?, by user_id, at time
INSERT INTO project_activity (area_id, id, project_id, no, name, state, service, method, on_date, time, place, audience, planned, persons, firsts,
                              times, volunteers, hours, staff, process, cost, goods, asked, satisfaction, problems, reflection, link, reason,
                              by_id, at, version)
VALUES (:area, :id, :project,
        (SELECT coalesce(max(a.no), 0) + 1 FROM project_activity a WHERE a.area_id = :area AND a.project_id = :project),
        :name, :state, :service, :method, :on, :time, :place, :audience, :planned, :persons, :firsts, :times, :volunteers, :hours, :staff,
        :process, :cost, :goods, :asked, :satisfaction, :problems, :reflection, :link, :reason, :by, :at, 1);

-- query: activity_update :exec
-- Nothing happens when somebody else saved in between.
-- in: area int, id activity_id, version int, name text, state text, service text?, method text, on date, time text?, place text?, audience text?
-- in: planned int?, persons int?, firsts int?, times int?, volunteers int?, hours int?, staff text?, process text?, cost money?, goods text?
-- in: asked int?, satisfaction int?, problems text?, reflection text?, link text?, reason text?
UPDATE project_activity SET name = :name, state = :state, service = :service, method = :method, on_date = :on, time = :time, place = :place,
       audience = :audience, planned = :planned, persons = :persons, firsts = :firsts, times = :times, volunteers = :volunteers, hours = :hours,
       staff = :staff, process = :process, cost = :cost, goods = :goods, asked = :asked, satisfaction = :satisfaction, problems = :problems,
       reflection = :reflection, link = :link, reason = :reason, version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version;

-- query: activity_get :one
-- in: area int, project project_id, id activity_id
-- out: no int, name text, state text, service text?, method text, on date, time text?, place text?, audience text?, planned int?, persons int?, firsts int?
-- out: times int?, volunteers int?, hours int?, staff text?, process text?, cost money?, goods text?, asked int?, satisfaction int?, problems text?
-- out: reflection text?, link text?, reason text?, version int
SELECT no, name, state, service, method, on_date, time, place, audience, planned, persons, firsts, times, volunteers, hours, staff, process, cost,
       goods, asked, satisfaction, problems, reflection, link, reason, version
  FROM project_activity WHERE area_id = :area AND project_id = :project AND id = :id;

-- query: activity_list :many
-- The activities of a project, the newest first.
-- in: area int, project project_id, after int, most int
-- out: id activity_id, no int, name text, state text, method text, on date, place text?, planned int?, persons int?, firsts int?, times int?
-- out: cost money?, satisfaction int?
-- sort: new  no DESC  after no < :after
SELECT id, no, name, state, method, on_date, place, planned, persons, firsts, times, cost, satisfaction
  FROM project_activity WHERE area_id = :area AND project_id = :project /*filter*/ /*sort*/ LIMIT :most;

-- query: activity_sums :one
-- What was held, and what should have been by a day and has no record.
-- in: area int, project project_id, day date
-- out: total int, held int, missing int, planned int, persons int, firsts int, times int, volunteers int, hours int, cost money, asked int, satisfied int
SELECT count(*), coalesce(sum(CASE WHEN state = 'held' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'planned' AND on_date <= :day THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'held' THEN planned ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'held' THEN persons ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'held' THEN firsts ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'held' THEN times ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'held' THEN volunteers ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'held' THEN hours ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'held' THEN cost ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'held' THEN asked ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'held' AND asked > 0 THEN asked * satisfaction ELSE 0 END), 0)
  FROM project_activity WHERE area_id = :area AND project_id = :project;

-- query: activity_methods :many
-- What was done in a subtree within a period, by method (MZT-44).
-- in: area int, top unit_id, from date, to date
-- out: method text, held int, persons int, firsts int, times int
-- filter: area  p.area_id = :area
SELECT a.method, count(*), coalesce(sum(a.persons), 0), coalesce(sum(a.firsts), 0), coalesce(sum(a.times), 0)
  FROM project p JOIN project_activity a ON a.area_id = p.area_id AND a.project_id = p.id AND a.state = 'held' AND a.on_date >= :from AND a.on_date <= :to
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = p.unit_id) /*filter*/
 GROUP BY a.method ORDER BY a.method LIMIT 50;
