-- query: discovery_get :one
-- in: area int, id discovery_id
-- out: id discovery_id, no text, unit unit_id, unit_name text, profile text, source text, kind text, situations text?, minor text, urgency int
-- out: level int, state text, name text?, told text, reporter text?, reporter_id user_id, found_at time, created_at time, due_at time?
-- out: taken_by user_id, taken_name text?, taken_at time?, settled_at time?, needs text?, note text?, person person_id, case_ case_id, case_no text?
-- out: referral referral_id, referral_no text?, report report_id, report_no text?
SELECT d.id, d.no, d.unit_id, u.name, u.profile, d.source, d.kind, d.situations, d.minor, d.urgency,
       d.level, d.state, d.name_sealed, d.told_sealed, d.reporter_sealed, coalesce(d.reporter_id, 0), d.found_at, d.created_at, d.due_at,
       coalesce(d.taken_by, 0), t.name, d.taken_at, d.settled_at, d.needs, d.note, coalesce(d.person_id, 0), coalesce(d.case_id, 0), c.no,
       coalesce(d.referral_id, 0), r.no, coalesce(d.report_id, 0), m.no
  FROM discovery d
  JOIN unit u ON u.id = d.unit_id
  LEFT JOIN account t ON t.id = d.taken_by
  LEFT JOIN casefile c ON c.area_id = d.area_id AND c.id = d.case_id
  LEFT JOIN referral r ON r.area_id = d.area_id AND r.id = d.referral_id
  LEFT JOIN report m ON m.area_id = d.area_id AND m.id = d.report_id
 WHERE d.area_id = :area AND d.id = :id;

-- query: discovery_list :many
-- Discoveries of a station; or, for who reports, his own.
-- in: area int, unit unit_id, me user_id, now time?, state text?, source text?, kind text?, no text?, skip int, limit int
-- out: id discovery_id, no text, unit_name text, source text, kind text, urgency int, level int, state text, name text?, found_at time, due_at time?
-- out: taken_by user_id, taken_name text?
-- filter: mine     d.reporter_id = :me
-- filter: station  d.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
-- filter: waiting  d.state IN ('new', 'taken')
-- filter: done     d.state NOT IN ('new', 'taken')
-- filter: late     d.due_at < :now
-- filter: state    d.state = :state
-- filter: source   d.source = :source
-- filter: kind     d.kind = :kind AND d.level < 4
-- filter: no       d.no LIKE :no
-- sort: newest  d.id DESC
-- sort: due     d.due_at, d.id
SELECT d.id, d.no, u.name, d.source, d.kind, d.urgency, d.level, d.state, d.name_sealed, d.found_at, d.due_at, coalesce(d.taken_by, 0), t.name
  FROM discovery d JOIN unit u ON u.id = d.unit_id LEFT JOIN account t ON t.id = d.taken_by
 WHERE d.area_id = :area /*filter*/ /*sort*/ LIMIT :limit OFFSET :skip;

-- query: discovery_count :one
-- like: discovery_list
-- in: area int, unit unit_id, me user_id, now time?, state text?, source text?, kind text?, no text?
-- out: total int
SELECT count(*) FROM discovery d WHERE d.area_id = :area /*filter*/;

-- query: discovery_todo :many
-- What the station must still deal with: not taken up, or taken up by the user.
-- in: area int, unit unit_id, me user_id
-- out: id discovery_id, no text, source text, kind text, level int, urgency int, state text, taken_by user_id, found_at time, due_at time?
SELECT d.id, d.no, d.source, d.kind, d.level, d.urgency, d.state, coalesce(d.taken_by, 0), d.found_at, d.due_at FROM discovery d
 WHERE d.area_id = :area AND d.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND (d.state = 'new' OR (d.state = 'taken' AND d.taken_by = :me))
 ORDER BY d.due_at, d.id LIMIT 40;

-- query: discovery_insert :exec
-- in: area int, id discovery_id, no text, unit unit_id, source text, kind text, situations text?, minor text, urgency int, level int, name text?
-- in: told text, reporter text?, reporter_id user_id, found_at time, at time, due_at time
INSERT INTO discovery (area_id, id, no, unit_id, source, kind, situations, minor, urgency, level, state, name_sealed, told_sealed, reporter_sealed,
                       reporter_id, found_at, created_at, due_at)
VALUES (:area, :id, :no, :unit, :source, :kind, :situations, :minor, :urgency, :level, 'new', :name, :told, :reporter,
        :reporter_id, :found_at, :at, :due_at);

-- query: discovery_take :exec
-- in: area int, id discovery_id, me user_id, at time
UPDATE discovery SET state = 'taken', taken_by = :me, taken_at = :at WHERE area_id = :area AND id = :id AND state = 'new';

-- query: discovery_settle :exec
-- in: area int, id discovery_id, from_ text, state text, me user_id, at time, needs text?, note text?, person person_id?, case_ case_id?
-- in: referral referral_id?, report report_id?
UPDATE discovery SET state = :state, due_at = NULL, taken_by = coalesce(taken_by, :me), taken_at = coalesce(taken_at, :at), settled_at = :at,
       needs = coalesce(:needs, needs), note = coalesce(:note, note), person_id = coalesce(:person, person_id), case_id = coalesce(:case_, case_id),
       referral_id = coalesce(:referral, referral_id), report_id = coalesce(:report, report_id)
 WHERE area_id = :area AND id = :id AND state = :from_;

-- query: response_set :exec
-- in: area int, subject int, line text, state text, note text?, me user_id, at time
INSERT INTO response (area_id, subject_id, line, state, note_sealed, by_id, at) VALUES (:area, :subject, :line, :state, :note, :me, :at)
ON CONFLICT (area_id, subject_id, line) DO UPDATE SET state = excluded.state, note_sealed = excluded.note_sealed, by_id = excluded.by_id, at = excluded.at;

-- query: response_list :many
-- in: area int, subject int
-- out: line text, state text, note text?, name text, at time
SELECT r.line, r.state, r.note_sealed, a.name, r.at FROM response r JOIN account a ON a.id = r.by_id
 WHERE r.area_id = :area AND r.subject_id = :subject ORDER BY r.line LIMIT 20;

-- query: report_event_add :exec
-- in: area int, id event_id, subject int, at time, account user_id?, kind text, code text?, text text?
INSERT INTO report_event (area_id, id, subject_id, at, account_id, kind, code, text_sealed) VALUES (:area, :id, :subject, :at, :account, :kind, :code, :text);

-- query: report_events :many
-- in: area int, subject int
-- out: at time, who text?, kind text, code text?, text text?
SELECT e.at, a.name, e.kind, e.code, e.text_sealed FROM report_event e LEFT JOIN account a ON a.id = e.account_id
 WHERE e.area_id = :area AND e.subject_id = :subject ORDER BY e.at DESC, e.id DESC LIMIT 100;

-- query: report_serial_next :one
-- in: unit unit_id, kind text, year int
-- out: last int
INSERT INTO report_serial (unit_id, kind, year, last) VALUES (:unit, :kind, :year, 1)
ON CONFLICT (unit_id, kind, year) DO UPDATE SET last = report_serial.last + 1 RETURNING last;
