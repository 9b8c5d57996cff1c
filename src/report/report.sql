-- query: report_get :one
-- in: area int, id report_id, me user_id
-- out: id report_id, no text, unit unit_id, unit_name text, profile text, duty text, state text, opened_by text, flags text?
-- out: discovery discovery_id, discovery_no text?, case_ case_id, case_no text?, person person_id, owner user_id, owner_name text, content text
-- out: situations text?, found_at time, created_at time, due_at time?, reported_at time?, way text?, receiver text?, receiver_unit text?
-- out: receiver_person text?, receipt text?, also text?, told text?, told_why text?, waive_why text?, waive_answer text?, decided_name text?
-- out: decided_at time?, closed_at time?, born date?, named bool
SELECT r.id, r.no, r.unit_id, u.name, u.profile, r.duty, r.state, r.opened_by, r.flags,
       coalesce(r.discovery_id, 0), d.no, coalesce(r.case_id, 0), c.no, coalesce(r.person_id, 0), r.owner_id, o.name, r.content_sealed,
       r.situations, r.found_at, r.created_at, r.due_at, r.reported_at, r.way, r.receiver, r.receiver_unit,
       r.receiver_person, r.receipt, r.also, r.told, r.told_why, r.waive_why, r.waive_answer, x.name,
       r.decided_at, r.closed_at, p.born, CASE WHEN n.account_id IS NULL THEN 0 ELSE 1 END
  FROM report r
  JOIN unit u ON u.id = r.unit_id
  JOIN account o ON o.id = r.owner_id
  LEFT JOIN account x ON x.id = r.decided_by
  LEFT JOIN discovery d ON d.area_id = r.area_id AND d.id = r.discovery_id
  LEFT JOIN casefile c ON c.area_id = r.area_id AND c.id = r.case_id
  LEFT JOIN person p ON p.area_id = r.area_id AND p.id = r.person_id
  LEFT JOIN report_named n ON n.area_id = r.area_id AND n.report_id = r.id AND n.account_id = :me
 WHERE r.area_id = :area AND r.id = :id;

-- query: report_list :many
-- Mandatory reports that the user may know of: the head those of his station, others those on which they are named.
-- in: area int, unit unit_id, me user_id, head bool, now time?, duty text?, no text?, skip int, limit int
-- out: id report_id, no text, unit_name text, duty text, state text, owner_name text, content text, found_at time, due_at time?, reported_at time?
-- out: receiver_unit text?, receipt text?
-- filter: open    r.state IN ('open', 'waiting')
-- filter: filed   r.state = 'reported'
-- filter: done    r.state IN ('closed', 'waived')
-- filter: late    r.due_at < :now
-- filter: duty    r.duty = :duty
-- filter: no      r.no LIKE :no
-- sort: due     coalesce(r.due_at, 9999999999999), r.id
-- sort: newest  r.id DESC
SELECT r.id, r.no, u.name, r.duty, r.state, o.name, r.content_sealed, r.found_at, r.due_at, r.reported_at, r.receiver_unit, r.receipt
  FROM report r JOIN unit u ON u.id = r.unit_id LEFT JOIN account o ON o.id = r.owner_id
 WHERE r.area_id = :area AND r.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND (:head = 1 OR r.owner_id = :me OR EXISTS (SELECT 1 FROM report_named n WHERE n.area_id = r.area_id AND n.report_id = r.id AND n.account_id = :me))
       /*filter*/ /*sort*/ LIMIT :limit OFFSET :skip;

-- query: report_count :one
-- like: report_list
-- in: area int, unit unit_id, me user_id, head bool, now time?, duty text?, no text?
-- out: total int
SELECT count(*) FROM report r
 WHERE r.area_id = :area AND r.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND (:head = 1 OR r.owner_id = :me OR EXISTS (SELECT 1 FROM report_named n WHERE n.area_id = r.area_id AND n.report_id = r.id AND n.account_id = :me))
       /*filter*/;

-- query: report_todo :many
-- What the user must still report, and what waits for the head's answer.
-- in: area int, unit unit_id, me user_id, head bool
-- out: id report_id, no text, duty text, state text, found_at time, due_at time?
SELECT r.id, r.no, r.duty, r.state, r.found_at, r.due_at FROM report r
 WHERE r.area_id = :area AND r.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND r.state IN ('open', 'waiting') AND (r.owner_id = :me OR :head = 1)
 ORDER BY r.due_at, r.id LIMIT 40;

-- query: report_of_case :many
-- Everybody on the case knows that there is one; named: the user may read it.
-- in: area int, id case_id, me user_id
-- out: id report_id, no text, duty text, state text, due_at time?, found_at time, named bool
SELECT r.id, r.no, r.duty, r.state, r.due_at, r.found_at,
       CASE WHEN r.owner_id = :me OR EXISTS (SELECT 1 FROM report_named n WHERE n.area_id = r.area_id AND n.report_id = r.id AND n.account_id = :me)
            THEN 1 ELSE 0 END
  FROM report r WHERE r.area_id = :area AND r.case_id = :id ORDER BY r.id DESC LIMIT 20;

-- query: report_stands :one
-- Is there a report of this duty in the case already?  One that was waived counts for the same risks only.
-- in: area int, id case_id, duty text, flags text?
-- out: total int
SELECT count(*) FROM report WHERE area_id = :area AND case_id = :id AND duty = :duty AND (state <> 'waived' OR coalesce(flags, '') = coalesce(:flags, ''));

-- query: report_insert :exec
-- in: area int, id report_id, no text, unit unit_id, duty text, opened_by text, flags text?, discovery discovery_id?, case_ case_id?
-- in: person person_id?, owner user_id, content text, situations text?, found_at time, at time, due_at time
INSERT INTO report (area_id, id, no, unit_id, duty, state, opened_by, flags, discovery_id, case_id, person_id, owner_id, content_sealed, situations,
                    found_at, created_at, due_at)
VALUES (:area, :id, :no, :unit, :duty, 'open', :opened_by, :flags, :discovery, :case_, :person, :owner, :content, :situations,
        :found_at, :at, :due_at);

-- query: report_file :exec
-- in: area int, id report_id, content text, situations text?, reported_at time, way text, receiver text, receiver_unit text, receiver_person text?
-- in: receipt text?, also text?, told text, told_why text?
UPDATE report SET state = 'reported', due_at = NULL, content_sealed = :content, situations = :situations, reported_at = :reported_at, way = :way,
       receiver = :receiver, receiver_unit = :receiver_unit, receiver_person = :receiver_person, receipt = :receipt, also = :also, told = :told,
       told_why = :told_why
 WHERE area_id = :area AND id = :id AND state IN ('open', 'waiting');

-- query: report_set_receipt :exec
-- in: area int, id report_id, receipt text
UPDATE report SET receipt = :receipt WHERE area_id = :area AND id = :id AND state = 'reported';

-- query: report_ask_waiver :exec
-- in: area int, id report_id, why text
UPDATE report SET state = 'waiting', waive_why = :why WHERE area_id = :area AND id = :id AND state = 'open';

-- query: report_decide :exec
-- The clock runs on while the waiver waits, and after it was refused.
-- in: area int, id report_id, state text, answer text?, me user_id, at time, due_at time?
UPDATE report SET state = :state, waive_answer = :answer, decided_by = :me, decided_at = :at, due_at = :due_at
 WHERE area_id = :area AND id = :id AND state = 'waiting';

-- query: report_close :exec
-- in: area int, id report_id, at time
UPDATE report SET state = 'closed', closed_at = :at WHERE area_id = :area AND id = :id AND state = 'reported';

-- query: report_set_case :exec
-- in: area int, id report_id, case_ case_id, person person_id
UPDATE report SET case_id = :case_, person_id = :person WHERE area_id = :area AND id = :id;

-- query: report_name :exec
-- in: area int, id report_id, account user_id, at time, me user_id
INSERT INTO report_named (area_id, report_id, account_id, at, by_id) VALUES (:area, :id, :account, :at, :me) ON CONFLICT (area_id, report_id, account_id) DO NOTHING;

-- query: report_names :many
-- in: area int, id report_id
-- out: id user_id, name text, role text
SELECT a.id, a.name, a.role FROM report_named n JOIN account a ON a.id = n.account_id WHERE n.area_id = :area AND n.report_id = :id ORDER BY a.name LIMIT 50;

-- query: report_nameable :many
-- Who may be named: workers, heads and supervisors of the station, and supervisors of the units above.
-- in: unit unit_id
-- out: id user_id, name text, role text
SELECT a.id, a.name, a.role FROM unit_closure c JOIN account a ON a.unit_id = c.descendant_id
 WHERE c.ancestor_id = :unit AND a.closed_on IS NULL AND a.role IN ('worker', 'supervisor', 'head')
UNION
SELECT a.id, a.name, a.role FROM unit_closure c JOIN account a ON a.unit_id = c.ancestor_id
 WHERE c.descendant_id = :unit AND a.closed_on IS NULL AND a.role = 'supervisor'
 ORDER BY 2 LIMIT 200;
