-- query: reading_list :many
-- in: area int, case_ case_id
-- out: id reading_id, asked_on date, asked_by text, relation text, state text, decided_at time?, decided_name text?, why text?, copy bool
SELECT r.id, r.asked_on, r.asked_by, r.relation, r.state, r.decided_at, a.name, r.why, r.copy
  FROM reading r LEFT JOIN account a ON a.id = r.decided_by
 WHERE r.area_id = :area AND r.case_id = :case_ ORDER BY r.asked_on DESC, r.id DESC LIMIT 100;

-- query: reading_get :one
-- in: area int, id reading_id
-- out: case_ case_id, asked_on date, asked_by text, relation text, wish text?, state text, left_out text?, left_why text?, decided_at time?, why text?, copy bool
SELECT case_id, asked_on, asked_by, relation, wish, state, left_out, left_why, decided_at, why, copy FROM reading WHERE area_id = :area AND id = :id;

-- query: reading_insert :exec
-- in: area int, id reading_id, case_ case_id, person person_id, on date, asked_by text, relation text, wish text?, by user_id
INSERT INTO reading (area_id, id, case_id, person_id, asked_on, asked_by, relation, wish, state, copy, made_by)
VALUES (:area, :id, :case_, :person, :on, :asked_by, :relation, :wish, 'asked', 0, :by);

-- query: reading_decide :exec
-- in: area int, id reading_id, state text, at time, by user_id, why text?, left_out text?, left_why text?, copy bool, sign text?
UPDATE reading SET state = :state, decided_at = :at, decided_by = :by, why = :why, left_out = :left_out, left_why = :left_why, copy = :copy, sign = :sign
 WHERE area_id = :area AND id = :id AND state = 'asked';

-- query: reading_forms :many
-- The newest versions of the forms that were handed in, in the order of the process.
-- in: area int, case_ case_id
-- out: form text, seq int, doc text, on date
SELECT form, seq, doc, filled_on FROM case_form
 WHERE area_id = :area AND case_id = :case_ AND current = 1 AND status IN ('submitted', 'approved')
 ORDER BY CASE form WHEN 'A' THEN 1 WHEN 'B' THEN 2 WHEN 'D' THEN 3 WHEN 'C' THEN 4 WHEN 'E' THEN 5 WHEN 'F' THEN 6 ELSE 7 END, seq LIMIT 300;
