-- query: pdf_docs :many
-- The newest versions of the forms of a case that were handed in, in the order of the process.
-- in: area int, id case_id
-- out: id doc_id, form text, seq int, version int, status text, doc text, filled_by_name text, filled_on date, reviewed_name text?, reviewed_at time?
-- out: review text?
SELECT f.id, f.form, f.seq, f.version, f.status, f.doc, a.name, f.filled_on, r.name, f.reviewed_at, f.review
  FROM case_form f
  JOIN account a ON a.id = f.filled_by
  LEFT JOIN account r ON r.id = f.reviewed_by
 WHERE f.area_id = :area AND f.case_id = :id AND f.current = 1 AND f.status IN ('submitted', 'approved')
 ORDER BY CASE f.form WHEN 'A' THEN 1 WHEN 'B' THEN 2 WHEN 'C' THEN 3 WHEN 'D' THEN 4 WHEN 'E' THEN 5 WHEN 'F' THEN 6 ELSE 7 END, f.seq
 LIMIT 600;

-- query: pdf_events :many
-- What happened to a case, oldest first.
-- in: area int, id case_id
-- out: at time, kind text, who text, from_state text?, to_state text?, reason text?
SELECT e.at, e.kind, a.name, e.from_state, e.to_state, e.reason
  FROM case_event e JOIN account a ON a.id = e.account_id
 WHERE e.area_id = :area AND e.case_id = :id ORDER BY e.at, e.id LIMIT 1000;

-- query: pdf_contacts :many
-- The contacts of a case, oldest first: when, how long, with whom; no content.
-- in: area int, id case_id
-- out: kind text, start_at time, minutes int, worker_name text
SELECT r.kind, r.start_at, r.minutes, a.name
  FROM case_record r JOIN account a ON a.id = r.worker_id
 WHERE r.area_id = :area AND r.case_id = :id ORDER BY r.start_at, r.id LIMIT 1000;

-- query: pdf_conferences :many
-- The conferences of a case that were held, oldest first.
-- in: area int, id case_id
-- out: id conference_id, on date, place text?, topic text, parts text?, level int, basis text?, minutes text?
SELECT id, on_date, place, topic, parts, level, basis, minutes FROM conference
 WHERE area_id = :area AND case_id = :id AND state = 'held' ORDER BY on_date, id LIMIT 50;

-- query: pdf_attendees :many
-- in: area int, id case_id
-- out: conference conference_id, name text, profession text, org text?
SELECT a.conference_id, a.name, a.profession, a.org
  FROM conference c JOIN attendee a ON a.area_id = c.area_id AND a.conference_id = c.id
 WHERE c.area_id = :area AND c.case_id = :id AND c.state = 'held' ORDER BY a.id LIMIT 1000;

-- query: pdf_resolutions :many
-- in: area int, id case_id
-- out: conference conference_id, text text, who text, due date?, done date?, result text?
SELECT r.conference_id, r.text, r.who, r.due_on, r.done_on, r.result
  FROM conference c JOIN resolution r ON r.area_id = c.area_id AND r.conference_id = c.id
 WHERE c.area_id = :area AND c.case_id = :id ORDER BY r.id LIMIT 1000;
