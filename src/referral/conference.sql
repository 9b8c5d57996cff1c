-- query: conference_insert :exec
-- in: area int, id conference_id, unit unit_id, case_ case_id, on date, place text?, topic text, parts text?, level int, by user_id, at time
INSERT INTO conference (area_id, id, unit_id, case_id, on_date, place, topic, state, parts, level, by_id, made_at, version)
VALUES (:area, :id, :unit, :case_, :on, :place, :topic, 'planned', :parts, :level, :by, :at, 1);

-- query: conference_update :exec
-- in: area int, id conference_id, version int, on date, place text?, topic text, parts text?, level int
UPDATE conference SET on_date = :on, place = :place, topic = :topic, parts = :parts, level = :level, version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version AND state = 'planned';

-- query: conference_get :one
-- in: area int, id conference_id
-- out: id conference_id, unit unit_id, case_ case_id, case_no text, on date, place text?, topic text, state text, parts text?, level int, basis text?
-- out: minutes text?, by_name text, made_at time, held_at time?, version int
SELECT c.id, c.unit_id, c.case_id, f.no, c.on_date, c.place, c.topic, c.state, c.parts, c.level, c.basis, c.minutes, a.name, c.made_at, c.held_at, c.version
  FROM conference c JOIN casefile f ON f.area_id = c.area_id AND f.id = c.case_id JOIN account a ON a.id = c.by_id
 WHERE c.area_id = :area AND c.id = :id;

-- query: conference_of_case :many
-- The newest conferences of a case.
-- in: area int, case_ case_id
-- out: id conference_id, on date, topic text, state text, people int, open int
SELECT c.id, c.on_date, c.topic, c.state,
       (SELECT count(*) FROM attendee a WHERE a.area_id = c.area_id AND a.conference_id = c.id),
       (SELECT count(*) FROM resolution r WHERE r.area_id = c.area_id AND r.conference_id = c.id AND r.done_on IS NULL)
  FROM conference c WHERE c.area_id = :area AND c.case_id = :case_ ORDER BY c.on_date DESC, c.id DESC LIMIT 50;

-- query: conference_basis :exec
-- in: area int, id conference_id, basis text
UPDATE conference SET basis = :basis, version = version + 1 WHERE area_id = :area AND id = :id AND state = 'planned';

-- query: conference_held :exec
-- in: area int, id conference_id, parts text?, level int, minutes text, at time
UPDATE conference SET state = 'held', parts = :parts, level = :level, minutes = :minutes, held_at = :at, version = version + 1
 WHERE area_id = :area AND id = :id AND state = 'planned';

-- query: conference_cancel :exec
-- in: area int, id conference_id, why text
UPDATE conference SET state = 'cancelled', minutes = :why, version = version + 1 WHERE area_id = :area AND id = :id AND state = 'planned';

-- query: conference_consents :many
-- What the client agreed to share with whom, and who had to agree.
-- in: area int, person person_id
-- out: id consent_id, receiver text, given_by text, relation text, capacity text, legal_basis text?, given_on date
SELECT id, coalesce(receiver, ''), given_by, relation, capacity, legal_basis, given_on FROM consent
 WHERE area_id = :area AND person_id = :person AND kind = 'share' AND withdrawn_on IS NULL ORDER BY given_on DESC, id DESC LIMIT 100;

-- query: attendee_insert :exec
-- in: area int, id attendee_id, conference conference_id, mate mate_id?, account user_id?, name text, profession text, org text?
INSERT INTO attendee (area_id, id, conference_id, mate_id, account_id, name, profession, org)
VALUES (:area, :id, :conference, :mate, :account, :name, :profession, :org);

-- query: attendee_list :many
-- in: area int, conference conference_id
-- out: id attendee_id, mate mate_id, account user_id, name text, profession text, org text?, consent consent_id, mate_parts text?
-- out: agreed_by text?, agreed_on date?, withdrawn date?
SELECT a.id, coalesce(a.mate_id, 0), coalesce(a.account_id, 0), a.name, a.profession, a.org, coalesce(a.consent_id, 0), m.parts,
       s.given_by, s.given_on, s.withdrawn_on
  FROM attendee a
  LEFT JOIN case_mate m ON m.area_id = a.area_id AND m.id = a.mate_id
  LEFT JOIN consent s ON s.area_id = a.area_id AND s.id = a.consent_id
 WHERE a.area_id = :area AND a.conference_id = :conference ORDER BY a.id LIMIT 60;

-- query: attendee_drop :exec
-- in: area int, id attendee_id, conference conference_id
DELETE FROM attendee WHERE area_id = :area AND id = :id AND conference_id = :conference;

-- query: attendee_consent :exec
-- in: area int, id attendee_id, consent consent_id
UPDATE attendee SET consent_id = :consent WHERE area_id = :area AND id = :id;

-- query: resolution_insert :exec
-- in: area int, id resolution_id, conference conference_id, text text, who text, due date?, by user_id
INSERT INTO resolution (area_id, id, conference_id, text, who, due_on, by_id) VALUES (:area, :id, :conference, :text, :who, :due, :by);

-- query: resolution_list :many
-- in: area int, conference conference_id
-- out: id resolution_id, text text, who text, due date?, done date?, result text?
SELECT id, text, who, due_on, done_on, result FROM resolution
 WHERE area_id = :area AND conference_id = :conference ORDER BY CASE WHEN done_on IS NULL THEN 0 ELSE 1 END, due_on, id LIMIT 100;

-- query: resolution_done :exec
-- in: area int, id resolution_id, conference conference_id, on date, result text
UPDATE resolution SET done_on = :on, result = :result WHERE area_id = :area AND id = :id AND conference_id = :conference AND done_on IS NULL;

-- query: mate_insert :exec
-- in: area int, id mate_id, case_ case_id, account user_id?, name text, profession text, org text?, task text, parts text?, from date, by user_id
INSERT INTO case_mate (area_id, id, case_id, account_id, name, profession, org, task, parts, from_on, by_id)
VALUES (:area, :id, :case_, :account, :name, :profession, :org, :task, :parts, :from, :by);

-- query: mate_list :many
-- The team of a case, who left it last.
-- in: area int, case_ case_id
-- out: id mate_id, account user_id, name text, profession text, org text?, task text, parts text?, from date, to date?
SELECT id, coalesce(account_id, 0), name, profession, org, task, parts, from_on, to_on FROM case_mate
 WHERE area_id = :area AND case_id = :case_ ORDER BY CASE WHEN to_on IS NULL THEN 0 ELSE 1 END, from_on, id LIMIT 100;

-- query: mate_end :exec
-- in: area int, id mate_id, case_ case_id, on date
UPDATE case_mate SET to_on = :on WHERE area_id = :area AND id = :id AND case_id = :case_ AND to_on IS NULL;

-- query: mate_again :exec
-- in: area int, id mate_id, case_ case_id
UPDATE case_mate SET to_on = NULL WHERE area_id = :area AND id = :id AND case_id = :case_ AND to_on IS NOT NULL;

-- query: resolution_todo :many
-- What conferences decided and is due, in the open cases of a worker.
-- in: area int, me user_id, until date
-- out: conference conference_id, text text, who text, due date, name text
SELECT r.conference_id, r.text, r.who, r.due_on, p.name
  FROM casefile f
  JOIN conference c ON c.area_id = f.area_id AND c.case_id = f.id AND c.state = 'held'
  JOIN resolution r ON r.area_id = c.area_id AND r.conference_id = c.id AND r.done_on IS NULL AND r.due_on <= :until
  JOIN person p ON p.area_id = f.area_id AND p.id = f.person_id
 WHERE f.area_id = :area AND f.worker_id = :me
   AND f.state IN ('intake', 'assessment', 'planning', 'intervention', 'evaluation', 'closing', 'suspended')
 ORDER BY r.due_on, r.id LIMIT 40;
