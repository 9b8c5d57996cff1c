-- query: work_claim :exec
-- in: area int, id import_id, state text, first int
UPDATE import SET state = :state, first_id = :first, last_id = :first, done_n = 0, good_n = 0, bad_n = 0, known_n = 0, why = NULL
 WHERE area_id = :area AND id = :id AND state IN ('mapping', 'checked');

-- query: work_progress :exec
-- in: area int, id import_id, done int, last int
UPDATE import SET done_n = :done, last_id = :last WHERE area_id = :area AND id = :id;

-- query: work_finish :exec
-- in: area int, id import_id, state text, rows_n int, good int, bad int, known int, why text?, at time
UPDATE import SET state = :state, rows_n = :rows_n, good_n = :good, bad_n = :bad, known_n = :known, why = :why, finished_at = :at,
    done_n = :rows_n
 WHERE area_id = :area AND id = :id;

-- query: work_known :many
-- Which of these numbers (a JSON array of hashes) are in the register.
-- in: area int, hashes text
-- out: hash text
SELECT p.idno_hash FROM person p WHERE p.area_id = :area AND p.closed_on IS NULL
-- sqlite: AND p.idno_hash IN (SELECT value FROM json_each(:hashes))
-- postgres: AND p.idno_hash IN (SELECT json_array_elements_text(CAST(:hashes AS json)))
;
