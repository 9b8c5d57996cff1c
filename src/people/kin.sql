-- query: kin_list :many
-- in: area int, id person_id
-- out: id kin_id, name text, relation text, sex text, year int?
SELECT id, name, relation, sex, born_year FROM kin WHERE area_id = :area AND person_id = :id AND to_on IS NULL ORDER BY relation, id LIMIT 40;

-- query: kin_insert :exec
-- in: area int, id kin_id, person person_id, name text, relation text, sex text, year int?, on date
INSERT INTO kin (area_id, id, person_id, name, relation, sex, born_year, from_on) VALUES (:area, :id, :person, :name, :relation, :sex, :year, :on);

-- query: kin_end :exec
-- in: area int, id kin_id, person person_id, on date
UPDATE kin SET to_on = :on WHERE area_id = :area AND id = :id AND person_id = :person AND to_on IS NULL;

-- query: kin_again :exec
-- in: area int, id kin_id, person person_id
UPDATE kin SET to_on = NULL WHERE area_id = :area AND id = :id AND person_id = :person AND to_on IS NOT NULL;

-- query: kin_forms :many
-- The forms that tell of family and support, newest first; of cases of level S4 only those in which the user is named.
-- in: area int, id person_id, me user_id
-- out: form text, doc text, filled date
SELECT d.form, d.doc, d.filled_on FROM casefile f JOIN case_form d ON d.area_id = f.area_id AND d.case_id = f.id
 WHERE f.area_id = :area AND f.person_id = :id AND d.form IN ('A', 'B') AND d.status IN ('submitted', 'approved')
   AND (f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me
        OR EXISTS (SELECT 1 FROM case_named k WHERE k.area_id = f.area_id AND k.case_id = f.id AND k.account_id = :me))
 ORDER BY d.submitted_at DESC, d.id DESC LIMIT 20;
