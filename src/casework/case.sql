-- query: case_get :one
-- One case with the facts of its client that the process needs.
-- in: area int, id case_id
-- out: id case_id, no text, unit unit_id, unit_name text, unit_code text, profile text, person person_id, household household_id?, client_kind text
-- out: grade text, state text, suspended_from text?, source text?, urgency int?, risk text?, risk_flags text?, crisis bool
-- out: service_category text?, code text?, level int, worker user_id?, worker_name text?, supervisor user_id?, supervisor_name text?
-- out: opened date, opened_at time, decided date?, decision text?, closed date?, close_reason text?, close_sub text?, outcome text?
-- out: last date?, next date?, due_at time?, due_kind text?, contacts int, minutes int, version int
-- out: name text, sex text, born date?, died date?, categories text, person_level int, capacity text?, person_unit unit_id, call_rule text?, safe_hours text?
SELECT c.id, c.no, c.unit_id, u.name, u.code, u.profile, c.person_id, c.household_id, c.client_kind,
       c.grade, c.state, c.suspended_from, c.source, c.urgency, c.risk, c.risk_flags, c.crisis,
       c.service_category, c.code, c.level, c.worker_id, w.name, c.supervisor_id, s.name,
       c.opened_on, c.opened_at, c.decided_on, c.decision, c.closed_on, c.close_reason, c.close_sub, c.outcome,
       c.last_on, c.next_on, c.due_at, c.due_kind, c.contacts, c.minutes, c.version,
       p.name, p.sex, p.born, p.died_on, p.categories, p.level, p.capacity, p.unit_id, p.call_rule, p.safe_hours
  FROM casefile c
  JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
  JOIN unit u ON u.id = c.unit_id
  LEFT JOIN account w ON w.id = c.worker_id
  LEFT JOIN account s ON s.id = c.supervisor_id
 WHERE c.area_id = :area AND c.id = :id;

-- query: case_list :many
-- Cases of a subtree that the user may know of: those of level S4 only when he is named, responsible or their supervisor.
-- The page is found first; only its rows are completed.  Few are sorted by their dates (hence coalesce: no index of dates is
-- walked, which would go through everybody for a filter that few pass); to the newest of many one walks, and stops with the page.
-- in: area int, unit unit_id, me user_id, today date, state text?, worker user_id?, urgency int?, code text?, category text?, skip int, limit int
-- in: dormant date?, no text?, name text?, until time?
-- out: id case_id, no text, person person_id, name text, sex text, born date?, person_level int, unit unit_id, unit_name text, grade text, state text, urgency int?
-- out: risk text?, level int, worker user_id?, worker_name text?, supervisor user_id?, opened date, last date?, next date?, due_at time?, due_kind text?, contacts int, categories text
-- filter: open      c.state IN ('intake', 'assessment', 'planning', 'intervention', 'evaluation', 'closing', 'suspended')
-- filter: done      c.state IN ('closed', 'follow_up', 'archived', 'declined', 'referred_out')
-- filter: state     c.state = :state
-- filter: worker    c.worker_id = :worker
-- filter: nobody    c.worker_id IS NULL
-- filter: urgency   c.urgency = :urgency
-- filter: code      c.code = :code
-- filter: category  EXISTS (SELECT 1 FROM person x WHERE x.area_id = c.area_id AND x.id = c.person_id AND x.categories LIKE :category)
-- filter: late      c.due_at < :until
-- filter: dormant   c.state = 'intervention' AND coalesce(c.last_on, c.opened_on) < :dormant
-- filter: no        c.no LIKE :no
-- filter: name      EXISTS (SELECT 1 FROM person x WHERE x.area_id = c.area_id AND x.id = c.person_id AND x.name LIKE :name)
-- sort: opened  coalesce(c.opened_on, '') DESC, c.id DESC
-- sort: walk    c.opened_on DESC, c.id DESC
-- sort: due     c.due_at, c.id
-- sort: last    c.last_on, c.id
-- sort: no      c.no, c.id
SELECT c.id, c.no, c.person_id, p.name, p.sex, p.born, p.level, c.unit_id, u.name, c.grade, c.state, c.urgency,
       c.risk, c.level, c.worker_id, w.name, c.supervisor_id, c.opened_on, c.last_on, c.next_on, c.due_at, c.due_kind, c.contacts, p.categories
  FROM casefile c
  JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
  JOIN unit u ON u.id = c.unit_id
  LEFT JOIN account w ON w.id = c.worker_id
 WHERE c.area_id = :area AND c.id IN (
       SELECT c.id FROM casefile c
        WHERE c.area_id = :area AND c.opened_on <= :today
          AND c.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
          AND (c.level < 4 OR c.worker_id = :me OR c.supervisor_id = :me
               OR EXISTS (SELECT 1 FROM case_named k WHERE k.area_id = c.area_id AND k.case_id = c.id AND k.account_id = :me))
          /*filter*/
        /*sort*/ LIMIT :limit OFFSET :skip)
 /*sort*/;

-- query: case_count :one
-- like: case_list
-- kept:
-- in: area int, unit unit_id, me user_id, today date, state text?, worker user_id?, urgency int?, code text?, category text?
-- in: dormant date?, no text?, name text?, until time?
-- out: total int
SELECT count(*)
  FROM casefile c
 WHERE c.area_id = :area AND c.opened_on <= :today
   AND c.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND (c.level < 4 OR c.worker_id = :me OR c.supervisor_id = :me
        OR EXISTS (SELECT 1 FROM case_named k WHERE k.area_id = c.area_id AND k.case_id = c.id AND k.account_id = :me))
   /*filter*/;

-- query: case_sealed :many
-- Open cases of level S4 in a subtree in which the user is not named: number and worker, nothing of the client.
-- in: area int, unit unit_id, me user_id
-- out: id case_id, no text, state text, worker_name text?
SELECT c.id, c.no, c.state, w.name
  FROM casefile c LEFT JOIN account w ON w.id = c.worker_id
 WHERE c.area_id = :area AND c.level >= 4 AND c.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND c.state NOT IN ('closed', 'follow_up', 'archived', 'declined', 'referred_out')
   AND coalesce(c.worker_id, 0) <> :me AND coalesce(c.supervisor_id, 0) <> :me
   AND NOT EXISTS (SELECT 1 FROM case_named k WHERE k.area_id = c.area_id AND k.case_id = c.id AND k.account_id = :me)
 ORDER BY c.opened_on DESC LIMIT 100;

-- query: case_serial_next :one
-- The next number of a station and year.
-- in: unit unit_id, year int
-- out: last int
INSERT INTO case_serial (unit_id, year, last) VALUES (:unit, :year, 1)
ON CONFLICT (unit_id, year) DO UPDATE SET last = case_serial.last + 1 RETURNING last;

-- query: case_insert :exec
-- in: area int, id case_id, no text, unit unit_id, person person_id, household household_id?, level int, worker user_id, opened date, opened_at time, due_at time?, due_kind text?
INSERT INTO casefile (area_id, id, no, unit_id, person_id, household_id, client_kind, grade, state, crisis, level, worker_id,
                      opened_on, opened_at, due_at, due_kind, contacts, minutes, version)
VALUES (:area, :id, :no, :unit, :person, :household, 'person', 'professional', 'intake', 0, :level, :worker,
        :opened, :opened_at, :due_at, :due_kind, 0, 0, 1);

-- query: case_category_insert :exec
-- A category of the client on the day the case was opened.
-- in: area int, case_ case_id, category text
INSERT INTO case_category (area_id, case_id, category) VALUES (:area, :case_, :category) ON CONFLICT DO NOTHING;

-- query: case_open_of_person :one
-- An open case of a person: one service plan at a time (GD-15, R-GD-D1).
-- in: area int, person person_id
-- out: id case_id, no text
SELECT id, no FROM casefile
 WHERE area_id = :area AND person_id = :person
   AND state IN ('intake', 'assessment', 'planning', 'intervention', 'evaluation', 'closing', 'suspended')
 ORDER BY opened_on LIMIT 1;

-- query: case_person :one
-- The client of a new case.
-- in: area int, id person_id
-- out: name text, unit unit_id, household household_id?, level int, born date?, died date?
SELECT name, unit_id, household_id, level, born, died_on FROM person WHERE area_id = :area AND id = :id AND closed_on IS NULL;

-- query: case_person_named :one
-- in: area int, person person_id, me user_id
-- out: total int
SELECT count(*) FROM person_named WHERE area_id = :area AND person_id = :person AND account_id = :me;

-- query: case_unit :one
-- in: id unit_id
-- out: code text, area int
SELECT code, area_id FROM unit WHERE id = :id;

-- query: case_set_state :exec
-- in: area int, id case_id, state text, suspended_from text?, closed date?, due_at time?, due_kind text?
UPDATE casefile SET state = :state, suspended_from = :suspended_from, closed_on = :closed, due_at = :due_at, due_kind = :due_kind,
       version = version + 1
 WHERE area_id = :area AND id = :id;

-- query: case_set_due :exec
-- in: area int, id case_id, due_at time?, due_kind text?
UPDATE casefile SET due_at = :due_at, due_kind = :due_kind WHERE area_id = :area AND id = :id;

-- query: case_set_intake :exec
-- What form A decides.
-- in: area int, id case_id, grade text, source text, client_kind text, urgency int, risk_flags text?, crisis bool, service_category text?, code text?
-- in: level int, decision text, decided date?, worker user_id
UPDATE casefile SET grade = :grade, source = :source, client_kind = :client_kind, urgency = :urgency, risk_flags = :risk_flags,
       crisis = :crisis, service_category = :service_category, code = :code, level = :level, decision = :decision,
       decided_on = :decided, worker_id = :worker, version = version + 1
 WHERE area_id = :area AND id = :id;

-- query: case_set_grade :exec
-- in: area int, id case_id, grade text
UPDATE casefile SET grade = :grade, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: case_set_risk :exec
-- in: area int, id case_id, risk text?, risk_flags text?
UPDATE casefile SET risk = coalesce(:risk, risk), risk_flags = coalesce(:risk_flags, risk_flags), version = version + 1
 WHERE area_id = :area AND id = :id;

-- query: case_set_contact :exec
-- A record was made.
-- in: area int, id case_id, last date, next date?, minutes int
UPDATE casefile SET last_on = CASE WHEN last_on IS NULL OR last_on < :last THEN :last ELSE last_on END,
       next_on = :next, contacts = contacts + 1, minutes = minutes + :minutes, version = version + 1
 WHERE area_id = :area AND id = :id;

-- query: case_set_contacts :exec
-- A record was corrected: the last contact and the minutes are those of all records.
-- in: area int, id case_id, last date?, next date?, minutes int
UPDATE casefile SET last_on = :last, next_on = :next, minutes = :minutes, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: case_set_worker :exec
-- in: area int, id case_id, worker user_id
UPDATE casefile SET worker_id = :worker, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: case_set_supervisor :exec
-- in: area int, id case_id, supervisor user_id?
UPDATE casefile SET supervisor_id = :supervisor, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: case_set_close :exec
-- in: area int, id case_id, reason text, sub text?, outcome text?
UPDATE casefile SET close_reason = :reason, close_sub = :sub, outcome = :outcome, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: case_code_clear :exec
-- in: area int, id case_id
DELETE FROM case_code WHERE area_id = :area AND case_id = :id;

-- query: case_code_add :exec
-- in: area int, id case_id, code text
INSERT INTO case_code (area_id, case_id, code) VALUES (:area, :id, :code) ON CONFLICT DO NOTHING;

-- query: case_is_named :one
-- in: area int, id case_id, me user_id
-- out: total int
SELECT count(*) FROM case_named WHERE area_id = :area AND case_id = :id AND account_id = :me;

-- query: case_name :exec
-- in: area int, id case_id, account user_id, on date, by user_id, reason text
INSERT INTO case_named (area_id, case_id, account_id, from_on, by_id, reason) VALUES (:area, :id, :account, :on, :by, :reason)
ON CONFLICT (area_id, case_id, account_id) DO NOTHING;

-- query: case_event_add :exec
-- in: area int, id event_id, case_ case_id, at time, by user_id, kind text, from_state text?, to_state text?, reason text?
INSERT INTO case_event (area_id, id, case_id, at, account_id, kind, from_state, to_state, reason)
VALUES (:area, :id, :case_, :at, :by, :kind, :from_state, :to_state, :reason);

-- query: case_axis :many
-- Everything that happened in a case, newest first.
-- in: area int, id case_id
-- out: at time, kind text, who text, from_state text?, to_state text?, reason text?, doc int?
SELECT e.at AS at, e.kind, a.name, e.from_state, e.to_state, e.reason, NULL
  FROM case_event e JOIN account a ON a.id = e.account_id
 WHERE e.area_id = :area AND e.case_id = :id
UNION ALL
SELECT r.start_at, 'record', a.name, r.kind, NULL, NULL, r.form_id
  FROM case_record r JOIN account a ON a.id = r.worker_id
 WHERE r.area_id = :area AND r.case_id = :id
 ORDER BY 1 DESC LIMIT 200;

-- query: case_records :many
-- The contacts of a case, newest first.
-- in: area int, id case_id
-- out: id record_id, doc doc_id, seq int, kind text, start_at time, minutes int, worker_name text, unplanned bool
SELECT r.id, r.form_id, f.seq, r.kind, r.start_at, r.minutes, a.name, r.unplanned
  FROM case_record r
  JOIN case_form f ON f.area_id = r.area_id AND f.id = r.form_id
  JOIN account a ON a.id = r.worker_id
 WHERE r.area_id = :area AND r.case_id = :id ORDER BY r.start_at DESC LIMIT 500;

-- query: case_ticks :many
-- in: area int, id case_id
-- out: item text, state text, reason text?, at time
SELECT item, state, reason, at FROM case_tick WHERE area_id = :area AND case_id = :id;

-- query: case_tick_set :exec
-- in: area int, id case_id, item text, state text, reason text?, by user_id, at time
INSERT INTO case_tick (area_id, case_id, item, state, reason, by_id, at) VALUES (:area, :id, :item, :state, :reason, :by, :at)
ON CONFLICT (area_id, case_id, item) DO UPDATE SET state = excluded.state, reason = excluded.reason, by_id = excluded.by_id, at = excluded.at;

-- query: case_tick_clear :exec
-- in: area int, id case_id, item text
DELETE FROM case_tick WHERE area_id = :area AND case_id = :id AND item = :item;

-- query: case_workers :many
-- Who can be responsible for a case: workers and heads of a subtree.
-- in: unit unit_id
-- out: id user_id, name text, role text
SELECT a.id, a.name, a.role FROM account a JOIN unit_closure c ON c.descendant_id = a.unit_id
 WHERE c.ancestor_id = :unit AND a.closed_on IS NULL AND a.role IN ('worker', 'head') ORDER BY a.name LIMIT 500;

-- query: case_supervisors :many
-- Supervisors of a unit and of those above it.
-- in: unit unit_id
-- out: id user_id, name text
SELECT a.id, a.name FROM account a JOIN unit_closure c ON c.ancestor_id = a.unit_id
 WHERE c.descendant_id = :unit AND a.closed_on IS NULL AND a.role = 'supervisor' ORDER BY a.name LIMIT 200;

-- query: case_follow_add :exec
-- in: area int, id event_id, case_ case_id, on date, way text?, worker user_id?
INSERT INTO case_follow (area_id, id, case_id, on_date, way, worker_id) VALUES (:area, :id, :case_, :on, :way, :worker);

-- query: case_follows :many
-- in: area int, id case_id
-- out: id event_id, on date, way text?, done bool, cancelled text?
SELECT id, on_date, way, CASE WHEN record_id IS NULL THEN 0 ELSE 1 END, cancelled FROM case_follow
 WHERE area_id = :area AND case_id = :id ORDER BY on_date LIMIT 200;

-- query: case_follow_clear :exec
-- Planned follow-ups that nobody did yet: a new closing form plans anew.
-- in: area int, id case_id
DELETE FROM case_follow WHERE area_id = :area AND case_id = :id AND record_id IS NULL AND cancelled IS NULL;

-- query: case_follow_done :exec
-- The first follow-up that is still open was done by this record.
-- in: area int, id case_id, record record_id
UPDATE case_follow SET record_id = :record
 WHERE area_id = :area AND id = (SELECT min(f.id) FROM case_follow f WHERE f.area_id = :area AND f.case_id = :id
                                   AND f.record_id IS NULL AND f.cancelled IS NULL);

-- query: case_follow_cancel :exec
-- in: area int, case_ case_id, id event_id, reason text?
UPDATE case_follow SET cancelled = :reason WHERE area_id = :area AND case_id = :case_ AND id = :id AND record_id IS NULL;

-- query: case_client :one
-- The client's facts that prefill form A; sealed values are opened only for who may read them.
-- in: area int, id person_id
-- out: name text, sex text, born date?, id_type text?, idno_sealed text?, ethnic text?, education text?, marital text?, employment text?, occupation text?
-- out: phone_sealed text?, phone2_sealed text?, division text?, address_sealed text?, reg_division text?, reg_address_sealed text?, residence_state text?
-- out: household_no text?, economy text?
SELECT p.name, p.sex, p.born, p.id_type, p.idno_sealed, p.ethnic, p.education, p.marital, p.employment, p.occupation,
       p.phone_sealed, p.phone2_sealed, p.division, p.address_sealed, p.reg_division, p.reg_address_sealed, p.residence_state,
       h.no, h.economy
  FROM person p LEFT JOIN household h ON h.area_id = p.area_id AND h.id = p.household_id
 WHERE p.area_id = :area AND p.id = :id;

-- query: case_family :many
-- The other members of the household, for the family table of form A.
-- Of level S4 only those whom the user may know.
-- in: area int, household household_id, but person_id, me user_id
-- out: name text, relation text, sex text, born date?
SELECT p.name, m.relation, p.sex, p.born FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
 WHERE m.area_id = :area AND m.household_id = :household AND m.to_on IS NULL AND m.person_id <> :but
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
 ORDER BY p.born LIMIT 30;

-- query: case_villages :many
-- The township of a unit and its villages, for addresses.
-- in: unit unit_id
-- out: code text, name text
SELECT d.code, d.name FROM unit u JOIN division d ON d.code = u.division OR d.parent = u.division
 WHERE u.id = :unit AND d.valid_to IS NULL ORDER BY d.code LIMIT 300;
