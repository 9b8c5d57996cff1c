-- query: consent_list :many
-- in: area int, id person_id
-- out: id consent_id, kind text, text_version int, given_by text, relation text, way text, receiver text?, legal_basis text?
-- out: given_on date, withdrawn_on date?
SELECT id, kind, text_version, given_by, relation, way, receiver, legal_basis, given_on, withdrawn_on FROM consent
 WHERE area_id = :area AND person_id = :id ORDER BY given_on DESC, id DESC LIMIT 200;

-- query: consent_insert :exec
-- in: area int, id consent_id, person person_id, case_file case_id?, kind text, text_version int, capacity text, given_by text
-- in: relation text, way text, receiver text?, legal_basis text?, given_on date, by user_id
INSERT INTO consent (area_id, id, person_id, case_id, kind, text_version, capacity, given_by, relation, way, receiver, legal_basis,
    given_on, by_id)
VALUES (:area, :id, :person, :case_file, :kind, :text_version, :capacity, :given_by, :relation, :way, :receiver, :legal_basis,
    :given_on, :by);

-- query: consent_withdraw :exec
-- in: area int, id consent_id, person person_id, on date, why text
UPDATE consent SET withdrawn_on = :on, withdrawn_why = :why
 WHERE area_id = :area AND id = :id AND person_id = :person AND withdrawn_on IS NULL;

-- query: consent_current :many
-- What was given of a kind and not withdrawn, with the birth date that decides who had to give it.
-- in: area int, id person_id, kind text
-- out: capacity text, relation text, legal_basis text?, given_on date, born date?
SELECT s.capacity, s.relation, s.legal_basis, s.given_on, p.born
  FROM consent s JOIN person p ON p.area_id = s.area_id AND p.id = s.person_id
 WHERE s.area_id = :area AND s.person_id = :id AND s.kind = :kind AND s.withdrawn_on IS NULL
 ORDER BY s.given_on DESC LIMIT 50;

-- query: consent_text_newest :one
-- in: kind text
-- out: version int, zh text, en text
SELECT version, zh, en FROM consent_text WHERE code = :kind ORDER BY version DESC LIMIT 1;

-- query: consent_text_insert :exec
-- in: kind text, version int, zh text, en text, from_on date
INSERT INTO consent_text (code, version, zh, en, from_on) VALUES (:kind, :version, :zh, :en, :from_on);
