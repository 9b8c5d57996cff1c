-- query: scale_insert :exec
-- in: area int, id score_id, case_ case_id, scale text, stage text, score int, better text, on date, note text?, by user_id, at time
INSERT INTO case_score (area_id, id, case_id, scale, stage, score, better, on_date, note, by_id, made_at)
VALUES (:area, :id, :case_, :scale, :stage, :score, :better, :on, :note, :by, :at);

-- query: scale_list :many
-- in: area int, case_ case_id
-- out: id score_id, scale text, stage text, score int, better text, on date, note text?
SELECT id, scale, stage, score, better, on_date, note FROM case_score
 WHERE area_id = :area AND case_id = :case_ AND void_on IS NULL ORDER BY on_date, id LIMIT 300;

-- query: scale_void :exec
-- in: area int, id score_id, case_ case_id, on date
UPDATE case_score SET void_on = :on WHERE area_id = :area AND id = :id AND case_id = :case_ AND void_on IS NULL;

-- query: scale_again :exec
-- in: area int, id score_id, case_ case_id
UPDATE case_score SET void_on = NULL WHERE area_id = :area AND id = :id AND case_id = :case_ AND void_on IS NOT NULL;
