-- query: referral_get :one
-- One referral, with what its readers' rights depend on.
-- in: area int, id referral_id
-- out: id referral_id, no text, direction text, state text, source text?, from_unit unit_id, from_unit_name text?, from_account user_id
-- out: from_name text?, from_org text?, from_person text?, from_phone text?, to_unit unit_id, to_unit_name text?, to_account user_id
-- out: to_name text?, to_org text?, to_person text?, to_phone text?, person person_id, case_ case_id, case_no text?, case_worker user_id
-- out: case_supervisor user_id, new_case case_id, new_no text?, new_worker user_id, client_kind text, name text, level int, shared text?
-- out: fields text, reason text?, reason_note text?, services text?, service_class text?, urgency int, consent consent_id
-- out: consent_by text?, consent_relation text?, consent_way text?, consent_on date?, legal_basis text?, withdrawn bool, created_at time
-- out: sent_at time?, received_at time?, decided_at time?, decision_reason text?, answered_by text?, feedback_at time?, closed_at time?
-- out: due_at time?, due_kind text?, sign_from text?, sign_to text?, profile text?, version int
SELECT r.id, r.no, r.direction, r.state, r.source, coalesce(r.from_unit_id, 0), fu.name, coalesce(r.from_id, 0),
       fa.name, r.from_org, r.from_person, r.from_phone, coalesce(r.to_unit_id, 0), tu.name, coalesce(r.to_id, 0),
       ta.name, r.to_org, r.to_person, r.to_phone, coalesce(r.person_id, 0), coalesce(r.case_id, 0), c.no, coalesce(c.worker_id, 0),
       coalesce(c.supervisor_id, 0), coalesce(r.new_case_id, 0), n.no, coalesce(n.worker_id, 0), r.client_kind, r.name, r.level, r.shared_sealed,
       r.fields, r.reason, r.reason_note, r.services, r.service_class, r.urgency, coalesce(r.consent_id, 0),
       r.consent_by, r.consent_relation, r.consent_way, r.consent_on, r.legal_basis,
       CASE WHEN s.withdrawn_on IS NULL THEN 0 ELSE 1 END, r.created_at,
       r.sent_at, r.received_at, r.decided_at, r.decision_reason, r.answered_by, r.feedback_at, r.closed_at,
       r.due_at, r.due_kind, r.sign_from, r.sign_to, coalesce(fu.profile, tu.profile), r.version
  FROM referral r
  LEFT JOIN unit fu ON fu.id = r.from_unit_id
  LEFT JOIN unit tu ON tu.id = r.to_unit_id
  LEFT JOIN account fa ON fa.id = r.from_id
  LEFT JOIN account ta ON ta.id = r.to_id
  LEFT JOIN casefile c ON c.area_id = r.area_id AND c.id = r.case_id
  LEFT JOIN casefile n ON n.area_id = r.area_id AND n.id = r.new_case_id
  LEFT JOIN consent s ON s.area_id = r.area_id AND s.id = r.consent_id
 WHERE r.area_id = :area AND r.id = :id;

-- query: referral_list :many
-- Referrals that the user may know of, as receiver only what was sent: of level S4 those that he sends or receives; a head knows that there are others.
-- in: area int, unit unit_id, me user_id, head bool, now time?, state text?, source text?, no text?, name text?, skip int, limit int
-- out: id referral_id, no text, direction text, state text, source text?, from_unit_name text?, from_name text?, from_org text?
-- out: to_unit_name text?, to_name text?, to_org text?, name text, level int, urgency int, sent_at time?, created_at time, due_at time?, due_kind text?
-- out: mine bool
-- filter: author   r.from_id = :me
-- filter: station  (r.from_unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) OR (r.to_unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) AND r.state NOT IN ('draft', 'consented')))
-- filter: inbox    r.to_unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) AND r.state IN ('sent', 'received')
-- filter: to_us    r.to_unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) AND r.state NOT IN ('draft', 'consented')
-- filter: from_us  r.from_unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
-- filter: open     r.state NOT IN ('closed', 'withdrawn')
-- filter: done     r.state IN ('closed', 'withdrawn')
-- filter: late     r.due_at < :now
-- filter: state    r.state = :state
-- filter: source   r.source = :source
-- filter: no       r.no LIKE :no
-- filter: name     r.name LIKE :name AND (r.level < 4 OR r.from_id = :me OR (r.to_id = :me AND r.state NOT IN ('draft', 'consented')))
-- sort: newest  r.id DESC
-- sort: due     r.due_at, r.id
SELECT r.id, r.no, r.direction, r.state, r.source, fu.name, fa.name, r.from_org, tu.name, ta.name, r.to_org, r.name, r.level, r.urgency,
       r.sent_at, r.created_at, r.due_at, r.due_kind,
       CASE WHEN r.from_id = :me OR (r.to_id = :me AND r.state NOT IN ('draft', 'consented')) THEN 1 ELSE 0 END
  FROM referral r
  LEFT JOIN unit fu ON fu.id = r.from_unit_id
  LEFT JOIN unit tu ON tu.id = r.to_unit_id
  LEFT JOIN account fa ON fa.id = r.from_id
  LEFT JOIN account ta ON ta.id = r.to_id
 WHERE r.area_id = :area AND (r.level < 4 OR r.from_id = :me OR (r.to_id = :me AND r.state NOT IN ('draft', 'consented')) OR :head = 1) /*filter*/
 /*sort*/ LIMIT :limit OFFSET :skip;

-- query: referral_count :one
-- like: referral_list
-- in: area int, unit unit_id, me user_id, head bool, now time?, state text?, source text?, no text?, name text?
-- out: total int
SELECT count(*) FROM referral r
 WHERE r.area_id = :area AND (r.level < 4 OR r.from_id = :me OR (r.to_id = :me AND r.state NOT IN ('draft', 'consented')) OR :head = 1) /*filter*/;

-- query: referral_late :many
-- Overdue referrals of a subtree, for who watches over it: which side it waits for.  The name is shown to who may read it.
-- in: area int, unit unit_id, now time
-- out: id referral_id, no text, state text, name text, level int, from_unit_name text?, to_unit_name text?, to_org text?, due_at time, due_kind text?
SELECT r.id, r.no, r.state, r.name, r.level, fu.name, tu.name, r.to_org, r.due_at, r.due_kind
  FROM referral r LEFT JOIN unit fu ON fu.id = r.from_unit_id LEFT JOIN unit tu ON tu.id = r.to_unit_id
 WHERE r.area_id = :area AND r.due_at < :now
   AND EXISTS (SELECT 1 FROM unit_closure k WHERE k.ancestor_id = :unit AND k.descendant_id IN (r.from_unit_id, r.to_unit_id))
 ORDER BY r.due_at LIMIT 40;

-- query: referral_todo :many
-- What waits for the user: to be taken up, refused and back with him, answered with feedback.
-- in: area int, unit unit_id, me user_id
-- out: id referral_id, no text, state text, source text?, name text, from_org text?, from_unit_name text?, sent_at time?, due_at time?, urgency int
SELECT r.id, r.no, r.state, r.source, r.name, r.from_org, u.name, r.sent_at, r.due_at, r.urgency
  FROM referral r LEFT JOIN unit u ON u.id = r.from_unit_id
 WHERE r.area_id = :area
   AND ((r.to_unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
         AND r.state IN ('sent', 'received') AND (r.to_id = :me OR (r.to_id IS NULL AND r.level < 4)))
        OR (r.from_id = :me AND r.state IN ('refused', 'feedback')))
 ORDER BY r.due_at, r.id LIMIT 40;

-- query: referral_of_case :many
-- The referrals that a case sent out, and the one that it came from.
-- in: area int, id case_id
-- out: id referral_id, no text, state text, to_unit_name text?, to_name text?, to_org text?, from_unit_name text?, from_org text?, incoming bool, created_at time
SELECT r.id, r.no, r.state, tu.name, ta.name, r.to_org, fu.name, r.from_org, 0, r.created_at
  FROM referral r LEFT JOIN unit tu ON tu.id = r.to_unit_id LEFT JOIN unit fu ON fu.id = r.from_unit_id LEFT JOIN account ta ON ta.id = r.to_id
 WHERE r.area_id = :area AND r.case_id = :id
UNION ALL
SELECT r.id, r.no, r.state, tu.name, ta.name, r.to_org, fu.name, r.from_org, 1, r.created_at
  FROM referral r LEFT JOIN unit tu ON tu.id = r.to_unit_id LEFT JOIN unit fu ON fu.id = r.from_unit_id LEFT JOIN account ta ON ta.id = r.to_id
 WHERE r.area_id = :area AND r.new_case_id = :id
 ORDER BY 10 DESC LIMIT 50;

-- query: referral_serial_next :one
-- in: unit unit_id, year int
-- out: last int
INSERT INTO referral_serial (unit_id, year, last) VALUES (:unit, :year, 1)
ON CONFLICT (unit_id, year) DO UPDATE SET last = referral_serial.last + 1 RETURNING last;

-- query: referral_insert :exec
-- in: area int, id referral_id, no text, direction text, source text?, from_unit unit_id?, from_account user_id, from_org text?, from_person text?
-- in: from_phone text?, to_unit unit_id?, to_account user_id?, to_org text?, to_person text?, to_phone text?, person person_id?, case_ case_id?
-- in: client_kind text, name text, level int, shared text?, fields text, reason text?, reason_note text?, services text?, service_class text?
-- in: urgency int, at time
INSERT INTO referral (area_id, id, no, direction, method, state, source, from_unit_id, from_id, from_org, from_person, from_phone,
    to_unit_id, to_id, to_org, to_person, to_phone, person_id, case_id, client_kind, name, level, shared_sealed, fields, reason,
    reason_note, services, service_class, urgency, created_at, version)
VALUES (:area, :id, :no, :direction, 'case', 'draft', :source, :from_unit, :from_account, :from_org, :from_person, :from_phone,
    :to_unit, :to_account, :to_org, :to_person, :to_phone, :person, :case_, :client_kind, :name, :level, :shared, :fields, :reason,
    :reason_note, :services, :service_class, :urgency, :at, 1);

-- query: referral_update :exec
-- A draft is corrected; what was agreed to before is no agreement to the new receiver or data.
-- in: area int, id referral_id, version int, direction text, to_unit unit_id?, to_account user_id?, to_org text?, to_person text?, to_phone text?
-- in: level int, shared text?, fields text, reason text?, reason_note text?, services text?, service_class text?, urgency int
UPDATE referral SET state = 'draft', direction = :direction, to_unit_id = :to_unit, to_id = :to_account, to_org = :to_org, to_person = :to_person,
       to_phone = :to_phone, level = :level, shared_sealed = :shared, fields = :fields, reason = :reason, reason_note = :reason_note,
       services = :services, service_class = :service_class, urgency = :urgency, consent_id = NULL, consent_by = NULL,
       consent_relation = NULL, consent_way = NULL, consent_on = NULL, legal_basis = NULL, version = version + 1
 WHERE area_id = :area AND id = :id AND state IN ('draft', 'consented') AND version = :version;

-- query: referral_set_consent :exec
-- in: area int, id referral_id, consent consent_id?, by text?, relation text?, way text?, on date?, basis text?
UPDATE referral SET consent_id = :consent, consent_by = :by, consent_relation = :relation, consent_way = :way, consent_on = :on,
       legal_basis = :basis, version = version + 1
 WHERE area_id = :area AND id = :id;

-- query: referral_set_state :exec
-- One step; the times of steps that are not this one stay as they are.
-- in: area int, id referral_id, from_ text, to_ text, due_at time?, due_kind text?, sent_at time?, received_at time?, decided_at time?
-- in: feedback_at time?, closed_at time?
UPDATE referral SET state = :to_, due_at = :due_at, due_kind = :due_kind, sent_at = coalesce(:sent_at, sent_at),
       received_at = coalesce(:received_at, received_at), decided_at = coalesce(:decided_at, decided_at),
       feedback_at = coalesce(:feedback_at, feedback_at), closed_at = coalesce(:closed_at, closed_at), version = version + 1
 WHERE area_id = :area AND id = :id AND state = :from_;

-- query: referral_set_sent :exec
-- in: area int, id referral_id, sign text?, shared text?, level int
UPDATE referral SET sign_from = :sign, shared_sealed = :shared, level = :level WHERE area_id = :area AND id = :id;

-- query: referral_set_answer :exec
-- in: area int, id referral_id, reason text?, by text, sign text?, to_account user_id?
UPDATE referral SET decision_reason = :reason, answered_by = :by, sign_to = :sign, to_id = coalesce(:to_account, to_id)
 WHERE area_id = :area AND id = :id;

-- query: referral_set_client :exec
-- Who the client of an accepted referral is, and the case that it became.
-- in: area int, id referral_id, person person_id?, new_case case_id?
UPDATE referral SET person_id = :person, new_case_id = :new_case WHERE area_id = :area AND id = :id;

-- query: referral_event_add :exec
-- in: area int, id event_id, referral referral_id, at time, account user_id?, who text, kind text, from_state text?, to_state text?, text text?
INSERT INTO referral_event (area_id, id, referral_id, at, account_id, who, kind, from_state, to_state, text)
VALUES (:area, :id, :referral, :at, :account, :who, :kind, :from_state, :to_state, :text);

-- query: referral_events :many
-- in: area int, id referral_id
-- out: at time, who text, kind text, to_state text?, text text?
SELECT at, who, kind, to_state, text FROM referral_event WHERE area_id = :area AND referral_id = :id ORDER BY at DESC, id DESC LIMIT 100;

-- query: referral_accepted_of_case :many
-- Referrals that became this case and whose service has not begun yet.
-- in: area int, id case_id
-- out: id referral_id
SELECT id FROM referral WHERE area_id = :area AND new_case_id = :id AND state = 'accepted' LIMIT 20;

-- query: referral_open_of_case :one
-- Is a referral of the case on its way?
-- in: area int, id case_id
-- out: id referral_id, state text
SELECT id, state FROM referral WHERE area_id = :area AND case_id = :id AND direction <> 'internal' AND state NOT IN ('refused', 'closed', 'withdrawn')
 ORDER BY id DESC LIMIT 1;

-- query: referral_last_of_case :one
-- The newest referral out of a case that was not withdrawn.
-- in: area int, id case_id
-- out: id referral_id, no text, state text, decided_at time?
SELECT id, no, state, decided_at FROM referral WHERE area_id = :area AND case_id = :id AND direction <> 'internal' AND state <> 'withdrawn'
 ORDER BY id DESC LIMIT 1;

-- query: referral_origin_of_case :one
-- in: area int, id case_id
-- out: id referral_id, no text
SELECT id, no FROM referral WHERE area_id = :area AND new_case_id = :id ORDER BY id LIMIT 1;

-- query: referral_stations :many
-- Where a referral may go: the open units of an area that work with people.
-- in: area int
-- out: id unit_id, name text
SELECT id, name FROM unit WHERE area_id = :area AND closed_on IS NULL
   AND EXISTS (SELECT 1 FROM account a WHERE a.unit_id = unit.id AND a.closed_on IS NULL AND a.role IN ('worker', 'head'))
 ORDER BY code LIMIT 400;

-- query: referral_workers :many
-- Workers and heads of an area with their stations.
-- in: area int
-- out: id user_id, name text, unit unit_id, unit_name text
SELECT a.id, a.name, u.id, u.name FROM unit u CROSS JOIN account a
 WHERE a.unit_id = u.id AND u.area_id = :area AND a.closed_on IS NULL AND a.role IN ('worker', 'head') ORDER BY u.code, a.name LIMIT 600;

-- query: referral_client :one
-- What may be shared of a person.
-- in: area int, id person_id
-- out: unit unit_id, name text, sex text, born date?, died date?, level int, idno text?, phone text?, phone_note text?, call_rule text?, safe_hours text?, address text?, division_name text?
-- out: categories text, disability text?, disability_grade text?, self_care text?, health text?, capacity text?, household household_id, economy text?, members int
-- out: guardian text?, guardian_phone text?
SELECT p.unit_id, p.name, p.sex, p.born, p.died_on, p.level, p.idno_sealed, p.phone_sealed, p.phone_note, p.call_rule, p.safe_hours, p.address_sealed, d.name,
       p.categories, p.disability, p.disability_grade, p.self_care, p.health, p.capacity, coalesce(p.household_id, 0), h.economy,
       (SELECT count(*) FROM member m WHERE m.area_id = p.area_id AND m.household_id = p.household_id AND m.to_on IS NULL),
       (SELECT max(g.name) FROM contact g WHERE g.area_id = p.area_id AND g.person_id = p.id AND g.kind = 'guardian' AND g.to_on IS NULL),
       (SELECT max(g.phone_sealed) FROM contact g WHERE g.area_id = p.area_id AND g.person_id = p.id AND g.kind = 'guardian' AND g.to_on IS NULL)
  FROM person p LEFT JOIN division d ON d.code = p.division
  LEFT JOIN household h ON h.area_id = p.area_id AND h.id = p.household_id
 WHERE p.area_id = :area AND p.id = :id AND p.closed_on IS NULL;
