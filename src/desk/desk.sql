-- query: desk_due :many
-- Cases whose clock runs out within the days ahead, the most urgent first.
-- in: area int, unit unit_id, me user_id, until time
-- out: id case_id, no text, name text, state text, due_at time, due_kind text, worker_name text?, urgency int?
-- filter: mine     c.worker_id = :me
-- filter: station  c.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) AND (c.level < 4 OR c.worker_id = :me)
SELECT c.id, c.no, p.name, c.state, c.due_at, c.due_kind, w.name, c.urgency
  FROM (SELECT c.id AS id FROM casefile c
         WHERE c.area_id = :area AND c.due_at < :until
           AND c.state IN ('intake', 'assessment', 'planning', 'intervention', 'evaluation', 'closing', 'follow_up') /*filter*/
         ORDER BY c.due_at LIMIT 40) x
  JOIN casefile c ON c.area_id = :area AND c.id = x.id
  JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
  LEFT JOIN account w ON w.id = c.worker_id
 ORDER BY c.due_at;

-- query: desk_drafts :many
-- Forms that the user began and did not hand in, and those that were sent back to him.
-- in: area int, me user_id
-- out: id doc_id, case_ case_id, no text, name text, form text, status text, review text?, saved_at time
SELECT f.id, f.case_id, c.no, p.name, f.form, f.status, f.review, f.saved_at
  FROM case_form f
  JOIN casefile c ON c.area_id = f.area_id AND c.id = f.case_id
  JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
 WHERE f.area_id = :area AND f.filled_by = :me AND f.status IN ('draft', 'returned') AND f.current = 1 AND c.worker_id = :me
 ORDER BY f.status DESC, f.saved_at DESC LIMIT 40;

-- query: desk_waiting :many
-- Forms that wait for the user's answer: as supervisor of the case, or form G as head of its station.
-- in: area int, unit unit_id, me user_id
-- out: id doc_id, case_ case_id, no text, name text, form text, submitted_at time?, worker_name text?
-- filter: supervisor  c.supervisor_id = :me
-- filter: head        f.form = 'G' AND c.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) AND c.level < 4
SELECT f.id, f.case_id, c.no, p.name, f.form, f.submitted_at, w.name
  FROM (SELECT f.id AS id
          FROM casefile c
         CROSS JOIN case_form f
         WHERE c.area_id = :area AND c.state NOT IN ('archived', 'declined')
           AND f.area_id = c.area_id AND f.case_id = c.id AND f.status = 'submitted' AND f.current = 1 /*filter*/
         ORDER BY f.submitted_at LIMIT 40) x
  JOIN case_form f ON f.area_id = :area AND f.id = x.id
  JOIN casefile c ON c.area_id = f.area_id AND c.id = f.case_id
  JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
  LEFT JOIN account w ON w.id = c.worker_id
 ORDER BY f.submitted_at;

-- query: desk_dormant :many
-- Cases in intervention without a record for long (R-CW-8).
-- in: area int, unit unit_id, me user_id, before date
-- out: id case_id, no text, name text, last date?, worker_name text?
-- filter: mine     c.worker_id = :me
-- filter: station  c.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) AND (c.level < 4 OR c.worker_id = :me)
SELECT c.id, c.no, p.name, c.last_on, w.name
  FROM (SELECT c.id AS id FROM casefile c
         WHERE c.area_id = :area AND c.state = 'intervention' AND coalesce(c.last_on, c.opened_on) < :before /*filter*/
         ORDER BY c.last_on LIMIT 40) x
  JOIN casefile c ON c.area_id = :area AND c.id = x.id
  JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
  LEFT JOIN account w ON w.id = c.worker_id
 ORDER BY c.last_on;

-- query: desk_mine :many
-- The user's open cases.
-- in: area int, me user_id
-- out: id case_id, no text, name text, sex text, born date?, state text, risk text?, last date?, next date?, due_at time?, due_kind text?
SELECT c.id, c.no, p.name, p.sex, p.born, c.state, c.risk, c.last_on, c.next_on, c.due_at, c.due_kind
  FROM casefile c
  JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
 WHERE c.area_id = :area AND c.worker_id = :me
   AND c.state IN ('intake', 'assessment', 'planning', 'intervention', 'evaluation', 'closing', 'suspended')
 ORDER BY c.opened_on DESC, c.id DESC LIMIT 20;

-- query: desk_month :one
-- This month's contacts of the user.
-- in: area int, unit unit_id, me user_id, from_ date
-- out: contacts int, minutes int, persons int
SELECT count(*), coalesce(sum(minutes), 0), count(DISTINCT person_id) FROM case_record
 WHERE area_id = :area AND unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) AND on_date >= :from_ AND worker_id = :me;
