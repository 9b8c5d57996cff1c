-- query: project_form_insert :exec
-- in: area int, id doc_id, project project_id, form text, version int, form_version int, doc text, by user_id, on date, at time
INSERT INTO project_form (area_id, id, project_id, form, version, form_version, status, doc, filled_by, filled_on, saved_at, saves)
VALUES (:area, :id, :project, :form, :version, :form_version, 'draft', :doc, :by, :on, :at, 1);

-- query: project_form_get :one
-- in: area int, project project_id, id doc_id
-- out: form text, version int, status text, doc text, filled_by user_id, filled_by_name text, filled_on date, submitted_at time?
-- out: reviewed_name text?, reviewed_at time?, review text?, saved_at time, saves int, newest int
SELECT f.form, f.version, f.status, f.doc, f.filled_by, a.name, f.filled_on, f.submitted_at, r.name, f.reviewed_at, f.review, f.saved_at, f.saves,
       (SELECT max(n.version) FROM project_form n WHERE n.area_id = f.area_id AND n.project_id = f.project_id AND n.form = f.form)
  FROM project_form f JOIN account a ON a.id = f.filled_by LEFT JOIN account r ON r.id = f.reviewed_by
 WHERE f.area_id = :area AND f.project_id = :project AND f.id = :id;

-- query: project_forms :many
-- The versions of the forms of a project, the newest first.
-- in: area int, project project_id
-- out: id doc_id, form text, version int, status text, filled_by_name text, filled_on date
SELECT f.id, f.form, f.version, f.status, a.name, f.filled_on FROM project_form f JOIN account a ON a.id = f.filled_by
 WHERE f.area_id = :area AND f.project_id = :project ORDER BY f.form, f.version DESC LIMIT 200;

-- query: project_form_last :one
-- The newest version of a form.
-- in: area int, project project_id, form text
-- out: id doc_id, version int, status text, doc text
SELECT id, version, status, doc FROM project_form WHERE area_id = :area AND project_id = :project AND form = :form ORDER BY version DESC LIMIT 1;

-- query: project_form_standing :one
-- The newest version of a form that counts: the assessment when it was handed in, the plan when it was approved.
-- in: area int, project project_id, form text, status text
-- out: id doc_id, version int, doc text
SELECT id, version, doc FROM project_form WHERE area_id = :area AND project_id = :project AND form = :form AND status = :status
 ORDER BY version DESC LIMIT 1;

-- query: project_form_save :exec
-- Saves only when nobody else saved in between.
-- in: area int, id doc_id, doc text, by user_id, on date, at time, saves int
UPDATE project_form SET doc = :doc, filled_by = :by, filled_on = :on, saved_at = :at, saves = saves + 1
 WHERE area_id = :area AND id = :id AND saves = :saves AND status IN ('draft', 'returned');

-- query: project_form_submit :exec
-- in: area int, id doc_id, at time
UPDATE project_form SET status = 'submitted', submitted_at = :at WHERE area_id = :area AND id = :id AND status IN ('draft', 'returned');

-- query: project_form_review :exec
-- in: area int, id doc_id, status text, by user_id, at time, review text?
UPDATE project_form SET status = :status, reviewed_by = :by, reviewed_at = :at, review = :review
 WHERE area_id = :area AND id = :id AND status = 'submitted';
