-- query: docs_of_case :many
-- The forms of a case, every version, newest first.
-- in: area int, id case_id
-- out: id doc_id, form text, seq int, version int, status text, current bool, filled_by_name text, filled_on date, submitted_at time?, reviewed_name text?, reviewed_at time?, review text?
SELECT f.id, f.form, f.seq, f.version, f.status, f.current, a.name, f.filled_on, f.submitted_at, r.name, f.reviewed_at, f.review
  FROM case_form f
  JOIN account a ON a.id = f.filled_by
  LEFT JOIN account r ON r.id = f.reviewed_by
 WHERE f.area_id = :area AND f.case_id = :id ORDER BY f.form, f.seq DESC, f.version DESC LIMIT 1000;

-- query: docs_submitted :many
-- The versions of forms A–D, F, G that were handed in, oldest first: what gates and prefilled fields look at.
-- in: area int, id case_id
-- out: id doc_id, form text, version int, status text, doc text
SELECT id, form, version, status, doc FROM case_form
 WHERE area_id = :area AND case_id = :id AND form <> 'E' AND status IN ('submitted', 'approved') ORDER BY form, version LIMIT 200;

-- query: docs_approved :one
-- Was the newest version of a form approved since the case came to its present closing?  A reopened case needs a new approval.
-- in: area int, id case_id, form text
-- out: total int
SELECT count(*) FROM case_form f
 WHERE f.area_id = :area AND f.case_id = :id AND f.form = :form AND f.current = 1 AND f.status = 'approved'
   AND f.reviewed_at >= coalesce((SELECT max(e.at) FROM case_event e
                                   WHERE e.area_id = :area AND e.case_id = :id AND e.kind = 'state' AND e.to_state = 'closing'), 0);

-- query: docs_since_reopened :one
-- Was a form handed in since the case was last opened again?
-- in: area int, id case_id, form text
-- out: total int
SELECT count(*) FROM case_form f
 WHERE f.area_id = :area AND f.case_id = :id AND f.form = :form AND f.current = 1 AND f.status IN ('submitted', 'approved')
   AND f.submitted_at >= coalesce((SELECT max(e.at) FROM case_event e
                                    WHERE e.area_id = :area AND e.case_id = :id AND e.kind = 'state'
                                      AND e.from_state IN ('closed', 'follow_up') AND e.to_state = 'assessment'), 0);

-- query: docs_get :one
-- in: area int, id doc_id
-- out: case_ case_id, form text, seq int, version int, form_version int, status text, current bool, doc text, filled_by user_id, filled_by_name text, filled_on date
-- out: submitted_at time?, reviewed_by user_id?, reviewed_name text?, reviewed_at time?, review text?, saved_at time, saves int
SELECT f.case_id, f.form, f.seq, f.version, f.form_version, f.status, f.current, f.doc, f.filled_by, a.name, f.filled_on,
       f.submitted_at, f.reviewed_by, r.name, f.reviewed_at, f.review, f.saved_at, f.saves
  FROM case_form f
  JOIN account a ON a.id = f.filled_by
  LEFT JOIN account r ON r.id = f.reviewed_by
 WHERE f.area_id = :area AND f.id = :id;

-- query: docs_draft :one
-- An unfinished version of a form.
-- in: area int, id case_id, form text
-- out: id doc_id
SELECT id FROM case_form WHERE area_id = :area AND case_id = :id AND form = :form AND current = 1 AND status IN ('draft', 'returned')
 ORDER BY seq DESC LIMIT 1;

-- query: docs_last :one
-- The last record and the last version of a form.
-- in: area int, id case_id, form text
-- out: seq int?, version int?
SELECT max(seq), max(version) FROM case_form WHERE area_id = :area AND case_id = :id AND form = :form;

-- query: docs_insert :exec
-- in: area int, id doc_id, case_ case_id, form text, seq int, version int, form_version int, doc text, by user_id, on date, at time
INSERT INTO case_form (area_id, id, case_id, form, seq, version, form_version, status, current, doc, filled_by, filled_on, saved_at, saves)
VALUES (:area, :id, :case_, :form, :seq, :version, :form_version, 'draft', 1, :doc, :by, :on, :at, 1);

-- query: docs_not_current :exec
-- The version before stays readable, but is no longer the newest.
-- in: area int, id doc_id
UPDATE case_form SET current = 0 WHERE area_id = :area AND id = :id;

-- query: docs_save :exec
-- Saves only when nobody else saved in between.
-- in: area int, id doc_id, doc text, text_hash text?, by user_id, on date, at time, saves int
UPDATE case_form SET doc = :doc, text_hash = :text_hash, filled_by = :by, filled_on = :on, saved_at = :at, saves = saves + 1
 WHERE area_id = :area AND id = :id AND saves = :saves AND status IN ('draft', 'returned');

-- query: docs_submit :exec
-- in: area int, id doc_id, at time
UPDATE case_form SET status = 'submitted', submitted_at = :at WHERE area_id = :area AND id = :id;

-- query: docs_review :exec
-- in: area int, id doc_id, status text, by user_id, at time, review text?, doc text
UPDATE case_form SET status = :status, reviewed_by = :by, reviewed_at = :at, review = :review, doc = :doc WHERE area_id = :area AND id = :id;

-- query: docs_same_text :one
-- Another client's plan with the same words (GZ-09).
-- in: area int, case_ case_id, text_hash text
-- out: total int
SELECT count(*) FROM case_form WHERE area_id = :area AND form = 'D' AND text_hash = :text_hash AND case_id <> :case_;

-- query: docs_same_service :one
-- The first other case of the person that gives one of these services at the same time (HN-18); of level S4 only for who may know it.
-- in: area int, case_ case_id, person person_id, me user_id, opened date, closed date?, codes text
-- out: no text, unit_name text, code text, opened date
SELECT f.no, u.name, c.code, f.opened_on FROM casefile f JOIN unit u ON u.id = f.unit_id JOIN case_code c ON c.area_id = f.area_id AND c.case_id = f.id
 WHERE f.area_id = :area AND f.person_id = :person AND f.id <> :case_ AND (f.closed_on IS NULL OR f.closed_on >= :opened)
   AND (CAST(:closed AS TEXT) IS NULL OR f.opened_on <= :closed) AND ',' || :codes || ',' LIKE '%,' || c.code || ',%'
   AND (f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me OR EXISTS (SELECT 1 FROM case_named n
        WHERE n.area_id = f.area_id AND n.case_id = f.id AND n.account_id = :me))
 ORDER BY f.opened_on, f.id, c.code LIMIT 1;

-- query: docs_versions :many
-- in: area int, id case_id, form text, seq int
-- out: id doc_id, version int, filled_on date, status text
SELECT id, version, filled_on, status FROM case_form WHERE area_id = :area AND case_id = :id AND form = :form AND seq = :seq ORDER BY version DESC;

-- query: record_insert :exec
-- in: area int, id record_id, case_ case_id, doc doc_id, unit unit_id, person person_id, worker user_id, kind text, on date, start_at time, minutes int, unplanned bool
INSERT INTO case_record (area_id, id, case_id, form_id, unit_id, person_id, worker_id, kind, on_date, start_at, minutes, unplanned)
VALUES (:area, :id, :case_, :doc, :unit, :person, :worker, :kind, :on, :start_at, :minutes, :unplanned);

-- query: record_of_doc :one
-- The contact that stands on the time axis already, from this or an earlier version of its record.
-- in: area int, doc doc_id
-- out: id record_id, unit unit_id, person person_id, on date, minutes int
SELECT r.id, r.unit_id, r.person_id, r.on_date, r.minutes FROM case_form d
  JOIN case_form v ON v.area_id = d.area_id AND v.case_id = d.case_id AND v.form = d.form AND v.seq = d.seq
  JOIN case_record r ON r.area_id = v.area_id AND r.case_id = v.case_id AND r.form_id = v.id
 WHERE d.area_id = :area AND d.id = :doc;

-- query: record_correct :exec
-- in: area int, id record_id, doc doc_id, kind text, on date, start_at time, minutes int, unplanned bool
UPDATE case_record SET form_id = :doc, kind = :kind, on_date = :on, start_at = :start_at, minutes = :minutes, unplanned = :unplanned
 WHERE area_id = :area AND id = :id;

-- query: record_sums :one
-- in: area int, id case_id
-- out: last date?, minutes int
SELECT max(on_date), coalesce(sum(minutes), 0) FROM case_record WHERE area_id = :area AND case_id = :id;

-- query: record_links :many
-- Which goals and steps the records of a case name.
-- in: area int, id case_id
-- out: links text?
SELECT
-- sqlite:   json_extract(doc, '$.goal_link')
-- postgres:   CAST(doc AS json) ->> 'goal_link'
  FROM case_form WHERE area_id = :area AND case_id = :id AND form = 'E' AND current = 1 AND status <> 'draft' ORDER BY seq LIMIT 500;

-- query: file_insert :exec
-- in: area int, id file_id, case_ case_id, doc doc_id, field text, name text, type text, size int, hash text, level int, by user_id, at time
INSERT INTO case_file (area_id, id, case_id, form_id, field, name, type, size, hash, level, by_id, at)
VALUES (:area, :id, :case_, :doc, :field, :name, :type, :size, :hash, :level, :by, :at);

-- query: file_list :many
-- in: area int, doc doc_id
-- out: id file_id, field text, name text, type text, size int, hash text, level int, at time
SELECT id, field, name, type, size, hash, level, at FROM case_file WHERE area_id = :area AND form_id = :doc ORDER BY id LIMIT 200;

-- query: file_get :one
-- in: area int, id file_id
-- out: case_ case_id, name text, type text, hash text, level int
SELECT case_id, name, type, hash, level FROM case_file WHERE area_id = :area AND id = :id;

-- query: consent_held :one
-- Is there a consent or notice of a kind that was not withdrawn?
-- in: area int, person person_id, kind text
-- out: total int
SELECT count(*) FROM consent WHERE area_id = :area AND person_id = :person AND kind = :kind AND withdrawn_on IS NULL;
