-- query: sheet_list :many
-- The forms of a group, every version, newest first.
-- in: area int, id group_id
-- out: id doc_id, form text, seq int, version int, status text, current bool, filled_by_name text, filled_on date, reviewed_name text?
SELECT f.id, f.form, f.seq, f.version, f.status, f.current, a.name, f.filled_on, r.name
  FROM group_form f JOIN account a ON a.id = f.filled_by LEFT JOIN account r ON r.id = f.reviewed_by
 WHERE f.area_id = :area AND f.group_id = :id ORDER BY f.form, f.seq, f.version DESC LIMIT 1000;

-- query: sheet_handed :many
-- The newest versions that were handed in: what gates, computed and prefilled fields look at.
-- in: area int, id group_id
-- out: id doc_id, form text, seq int, version int, status text, doc text
SELECT id, form, seq, version, status, doc FROM group_form
 WHERE area_id = :area AND group_id = :id AND status IN ('submitted', 'approved') ORDER BY form, seq, version LIMIT 1000;

-- query: sheet_get :one
-- in: area int, id doc_id
-- out: group group_id, session meeting_id?, form text, seq int, version int, form_version int, status text, current bool, doc text, filled_by user_id
-- out: filled_by_name text, filled_on date, submitted_at time?, reviewed_name text?, reviewed_at time?, review text?, saved_at time, saves int
SELECT f.group_id, f.session_id, f.form, f.seq, f.version, f.form_version, f.status, f.current, f.doc, f.filled_by, a.name, f.filled_on,
       f.submitted_at, r.name, f.reviewed_at, f.review, f.saved_at, f.saves
  FROM group_form f JOIN account a ON a.id = f.filled_by LEFT JOIN account r ON r.id = f.reviewed_by
 WHERE f.area_id = :area AND f.id = :id;

-- query: sheet_newest :one
-- The newest version of a form, in whatever state.
-- in: area int, id group_id, form text, seq int
-- out: id doc_id, version int, status text
SELECT id, version, status FROM group_form WHERE area_id = :area AND group_id = :id AND form = :form AND seq = :seq AND current = 1
 ORDER BY version DESC LIMIT 1;

-- query: sheet_insert :exec
-- in: area int, id doc_id, group group_id, session meeting_id?, form text, seq int, version int, form_version int, doc text, by user_id, on date, at time
INSERT INTO group_form (area_id, id, group_id, session_id, form, seq, version, form_version, status, current, doc, filled_by, filled_on, saved_at, saves)
VALUES (:area, :id, :group, :session, :form, :seq, :version, :form_version, 'draft', 1, :doc, :by, :on, :at, 1);

-- query: sheet_not_current :exec
-- in: area int, id doc_id
UPDATE group_form SET current = 0 WHERE area_id = :area AND id = :id;

-- query: sheet_save :exec
-- Saves only when nobody else saved in between.
-- in: area int, id doc_id, doc text, by user_id, on date, at time, saves int
UPDATE group_form SET doc = :doc, filled_by = :by, filled_on = :on, saved_at = :at, saves = saves + 1
 WHERE area_id = :area AND id = :id AND saves = :saves AND status IN ('draft', 'returned');

-- query: sheet_submit :exec
-- in: area int, id doc_id, at time
UPDATE group_form SET status = 'submitted', submitted_at = :at WHERE area_id = :area AND id = :id AND status IN ('draft', 'returned');

-- query: sheet_review :exec
-- in: area int, id doc_id, status text, by user_id, at time, review text?, doc text
UPDATE group_form SET status = :status, reviewed_by = :by, reviewed_at = :at, review = :review, doc = :doc
 WHERE area_id = :area AND id = :id AND status = 'submitted';

-- query: sheet_versions :many
-- in: area int, id group_id, form text, seq int
-- out: id doc_id, version int, filled_on date, status text
SELECT id, version, filled_on, status FROM group_form WHERE area_id = :area AND group_id = :id AND form = :form AND seq = :seq
 ORDER BY version DESC LIMIT 100;

-- query: sheet_file_insert :exec
-- in: area int, id file_id, group group_id, doc doc_id, field text, name text, type text, size int, hash text, by user_id, at time
INSERT INTO group_file (area_id, id, group_id, form_id, field, name, type, size, hash, by_id, at)
VALUES (:area, :id, :group, :doc, :field, :name, :type, :size, :hash, :by, :at);

-- query: sheet_files :many
-- The files of a form and its earlier versions.
-- in: area int, id group_id, form text, seq int
-- out: id file_id, name text, size int, at time
SELECT x.id, x.name, x.size, x.at FROM group_form f JOIN group_file x ON x.area_id = f.area_id AND x.form_id = f.id
 WHERE f.area_id = :area AND f.group_id = :id AND f.form = :form AND f.seq = :seq ORDER BY x.id LIMIT 200;

-- query: sheet_file :one
-- in: area int, id file_id
-- out: group group_id, name text, type text, hash text
SELECT group_id, name, type, hash FROM group_file WHERE area_id = :area AND id = :id;
