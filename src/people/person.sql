-- query: person_head_get :one
-- in: area int, id person_id
-- out: unit unit_id, household household_id?, name text, sex text, born date?, categories text, level int, capacity text?
SELECT unit_id, household_id, name, sex, born, categories, level, capacity FROM person WHERE area_id = :area AND id = :id;

-- query: person_scope :one
-- The unit of a person whom the user may know: S4 only when he is named or works on a case, or the file was opened to him for a
-- time.  Not of one who was found to be somebody else.
-- in: area int, id person_id, me user_id, now time
-- out: unit unit_id
SELECT p.unit_id FROM person p
 WHERE p.area_id = :area AND p.id = :id AND p.merged_into IS NULL
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)
        OR EXISTS (SELECT 1 FROM access_grant g WHERE g.area_id = p.area_id AND g.person_id = p.id AND g.account_id = :me
                      AND g.state = 'open' AND g.until_at > :now AND g.level >= p.level));

-- query: person_ties :one
-- in: area int, id person_id, me user_id, now time
-- out: level int, born date?, mine bool, others bool, assigned bool, named bool, granted bool
SELECT p.level, p.born,
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id = :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id <> :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.supervisor_id = :me),
       EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me AND s.kind <> 'supervisor'),
       EXISTS (SELECT 1 FROM access_grant g WHERE g.area_id = p.area_id AND g.person_id = p.id AND g.account_id = :me
                  AND g.state = 'open' AND g.until_at > :now AND g.level >= p.level)
  FROM person p WHERE p.area_id = :area AND p.id = :id;

-- query: person_insert :exec
-- in: area int, id person_id, unit unit_id, household household_id?, name text, pinyin text, sex text, born date?, died_on date?
-- in: id_type text?, idno_sealed text?, idno_hash text?, phone_sealed text?, phone_hash text?, phone2_sealed text?, phone_note text?, call_rule text?, safe_hours text?, safe_phone_sealed text?
-- in: division text?, address_sealed text?, reg_division text?, reg_address_sealed text?, residence_state text?, ethnic text?
-- in: education text?, marital text?, employment text?, occupation text?, political text?, health text?, disability text?
-- in: disability_grade text?, disability_no_sealed text?, self_care text?, capacity text?, categories text, level int, note text?
-- in: import import_id?, at time
INSERT INTO person (area_id, id, unit_id, registered_unit_id, household_id, name, pinyin, sex, born, died_on, id_type, idno_sealed, idno_hash,
    phone_sealed, phone_hash, phone2_sealed, phone_note, call_rule, safe_hours, safe_phone_sealed, division, address_sealed, reg_division, reg_address_sealed,
    residence_state, ethnic, education, marital, employment, occupation, political, health, disability, disability_grade,
    disability_no_sealed, self_care, capacity, categories, level, note, import_id, created_at, updated_at, version)
VALUES (:area, :id, :unit, :unit, :household, :name, :pinyin, :sex, :born, :died_on, :id_type, :idno_sealed, :idno_hash,
    :phone_sealed, :phone_hash, :phone2_sealed, :phone_note, :call_rule, :safe_hours, :safe_phone_sealed, :division, :address_sealed, :reg_division, :reg_address_sealed,
    :residence_state, :ethnic, :education, :marital, :employment, :occupation, :political, :health, :disability, :disability_grade,
    :disability_no_sealed, :self_care, :capacity, :categories, :level, :note, :import, :at, :at, 1)
ON CONFLICT DO NOTHING;

-- query: person_update :exec
-- in: area int, id person_id, version int, name text, pinyin text, sex text, born date?, died_on date?
-- in: id_type text?, idno_sealed text?, idno_hash text?, phone_sealed text?, phone_hash text?, phone2_sealed text?, phone_note text?, call_rule text?, safe_hours text?, safe_phone_sealed text?
-- in: division text?, address_sealed text?, reg_division text?, reg_address_sealed text?, residence_state text?, ethnic text?
-- in: education text?, marital text?, employment text?, occupation text?, political text?, health text?, disability text?
-- in: disability_grade text?, disability_no_sealed text?, self_care text?, capacity text?, note text?, at time
UPDATE person SET name = :name, pinyin = :pinyin, sex = :sex, born = :born, died_on = :died_on, id_type = :id_type,
    idno_sealed = :idno_sealed, idno_hash = :idno_hash, phone_sealed = :phone_sealed, phone_hash = :phone_hash,
    phone2_sealed = :phone2_sealed, phone_note = :phone_note, call_rule = :call_rule, safe_hours = :safe_hours,
    safe_phone_sealed = :safe_phone_sealed, division = :division, address_sealed = :address_sealed,
    reg_division = :reg_division, reg_address_sealed = :reg_address_sealed, residence_state = :residence_state,
    ethnic = :ethnic, education = :education, marital = :marital, employment = :employment, occupation = :occupation,
    political = :political, health = :health, disability = :disability, disability_grade = :disability_grade,
    disability_no_sealed = :disability_no_sealed, self_care = :self_care, capacity = :capacity, note = :note,
    updated_at = :at, version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version;

-- query: person_get :one
-- in: area int, id person_id
-- out: unit unit_id, household household_id?, name text, pinyin text, sex text, born date?, died_on date?, id_type text?
-- out: idno_sealed text?, phone_sealed text?, phone2_sealed text?, phone_note text?, call_rule text?, safe_hours text?, safe_phone_sealed text?, division text?, address_sealed text?
-- out: reg_division text?, reg_address_sealed text?, residence_state text?, ethnic text?, education text?, marital text?
-- out: employment text?, occupation text?, political text?, health text?, disability text?, disability_grade text?
-- out: disability_no_sealed text?, self_care text?, capacity text?, categories text, level int, note text?, closed_on date?
-- out: created_at time, version int, unit_name text, division_name text?
SELECT p.unit_id, p.household_id, p.name, p.pinyin, p.sex, p.born, p.died_on, p.id_type, p.idno_sealed, p.phone_sealed,
       p.phone2_sealed, p.phone_note, p.call_rule, p.safe_hours, p.safe_phone_sealed, p.division, p.address_sealed, p.reg_division, p.reg_address_sealed, p.residence_state,
       p.ethnic, p.education, p.marital, p.employment, p.occupation, p.political, p.health, p.disability, p.disability_grade,
       p.disability_no_sealed, p.self_care, p.capacity, p.categories, p.level, p.note, p.closed_on, p.created_at, p.version,
       u.name, d.name
  FROM person p JOIN unit u ON u.id = p.unit_id LEFT JOIN division d ON d.code = p.division
 WHERE p.area_id = :area AND p.id = :id;

-- query: person_by_idno :one
-- Who has this number, and whether the user may know him.
-- in: area int, hash text, before text, me user_id
-- out: id person_id, name text, unit unit_id, seen bool
SELECT p.id, p.name, p.unit_id,
       CASE WHEN p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s
            WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me) THEN 1 ELSE 0 END
  FROM person p WHERE p.area_id = :area AND p.idno_hash IN (:hash, :before) AND p.closed_on IS NULL;

-- query: person_number :one
-- in: area int, hash text
-- out: id person_id
SELECT id FROM person WHERE area_id = :area AND idno_hash = :hash AND closed_on IS NULL;

-- query: term_insert :exec
-- in: area int, unit unit_id, term text, person person_id
INSERT INTO person_term (area_id, unit_id, term, person_id) VALUES (:area, :unit, :term, :person) ON CONFLICT DO NOTHING;

-- query: term_delete :exec
-- in: area int, unit unit_id, term text, person person_id
DELETE FROM person_term WHERE area_id = :area AND unit_id = :unit AND term = :term AND person_id = :person;

-- query: person_set_unit :exec
-- in: area int, id person_id, unit unit_id, at time
UPDATE person SET unit_id = :unit, updated_at = :at, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: person_names :one
-- in: area int, id person_id
-- out: unit unit_id, name text, pinyin text
SELECT unit_id, name, pinyin FROM person WHERE area_id = :area AND id = :id;
