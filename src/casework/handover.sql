-- query: handover_insert :exec
-- in: area int, id handover_id, case_ case_id, from_ user_id?, to_ user_id, on date, reason text, note text?, sign_from text?, by user_id
INSERT INTO case_handover (area_id, id, case_id, from_id, to_id, on_date, reason, note, sign_from, by_id)
VALUES (:area, :id, :case_, :from_, :to_, :on, :reason, :note, :sign_from, :by);

-- query: handover_waiting :many
-- Hand-overs that the user has to accept.
-- in: area int, me user_id
-- out: id handover_id, case_ case_id, no text, name text, from_name text?, on date, reason text, note text?
SELECT h.id, h.case_id, c.no, p.name, f.name, h.on_date, h.reason, h.note
  FROM case_handover h
  JOIN casefile c ON c.area_id = h.area_id AND c.id = h.case_id
  JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
  LEFT JOIN account f ON f.id = h.from_id
 WHERE h.area_id = :area AND h.to_id = :me AND h.accepted_at IS NULL ORDER BY h.on_date LIMIT 100;

-- query: handover_get :one
-- in: area int, id handover_id
-- out: case_ case_id, from_ user_id?, to_ user_id, accepted_at time?
SELECT case_id, from_id, to_id, accepted_at FROM case_handover WHERE area_id = :area AND id = :id;

-- query: handover_accept :exec
-- in: area int, id handover_id, at time, sign_to text
UPDATE case_handover SET accepted_at = :at, sign_to = :sign_to WHERE area_id = :area AND id = :id AND accepted_at IS NULL;

-- query: handover_open :one
-- Is a hand-over of the case waiting?
-- in: area int, id case_id
-- out: total int
SELECT count(*) FROM case_handover WHERE area_id = :area AND case_id = :id AND accepted_at IS NULL;

-- query: handover_loads :many
-- How many open cases each worker of a subtree has.
-- in: area int, unit unit_id
-- out: id user_id, name text, cases int, urgent int
SELECT a.id, a.name, count(f.id), coalesce(sum(CASE WHEN f.urgency <= 2 THEN 1 ELSE 0 END), 0)
  FROM unit_closure c
 CROSS JOIN account a
  LEFT JOIN casefile f ON f.area_id = :area AND f.worker_id = a.id
       AND f.state IN ('intake', 'assessment', 'planning', 'intervention', 'evaluation', 'closing', 'suspended')
 WHERE c.ancestor_id = :unit AND a.unit_id = c.descendant_id AND a.role IN ('worker', 'head') AND a.closed_on IS NULL
 GROUP BY a.id, a.name ORDER BY 3 DESC, a.name LIMIT 200;
