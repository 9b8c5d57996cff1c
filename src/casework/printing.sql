-- query: printing_insert :exec
-- in: area int, id printing_id, account user_id, total int, path text, at time
INSERT INTO printing (area_id, id, account_id, total, done_n, skipped_n, state, path, at, seen_at)
VALUES (:area, :id, :account, :total, 0, 0, 'running', :path, :at, :at);

-- query: printing_get :one
-- in: area int, id printing_id
-- out: account user_id, total int, done int, skipped int, state text, path text?, at time, seen_at time
SELECT account_id, total, done_n, skipped_n, state, path, at, seen_at FROM printing WHERE area_id = :area AND id = :id;

-- query: printing_step :exec
-- in: area int, id printing_id, done int, skipped int, state text, at time
UPDATE printing SET done_n = :done, skipped_n = :skipped, state = :state, seen_at = :at WHERE area_id = :area AND id = :id;

-- query: printing_old :many
-- Files that nobody fetched any more.
-- in: area int, before time
-- out: id printing_id, path text
SELECT id, path FROM printing WHERE area_id = :area AND at < :before AND path IS NOT NULL ORDER BY at LIMIT 100;

-- query: printing_forget :exec
-- in: area int, id printing_id
UPDATE printing SET path = NULL WHERE area_id = :area AND id = :id;

-- query: printing_chosen :many
-- Cases that were chosen in the list, as far as the user may know them; ids: a JSON array.
-- in: area int, unit unit_id, me user_id, ids text
-- out: id case_id, no text, name text, worker_name text?
SELECT c.id, c.no, p.name, w.name
  FROM casefile c
  JOIN person p ON p.area_id = c.area_id AND p.id = c.person_id
  LEFT JOIN account w ON w.id = c.worker_id
 WHERE c.area_id = :area
-- sqlite:   AND c.id IN (SELECT value FROM json_each(:ids))
-- postgres:   AND c.id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:ids AS json)))
   AND c.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND (c.level < 4 OR c.worker_id = :me OR c.supervisor_id = :me
        OR EXISTS (SELECT 1 FROM case_named k WHERE k.area_id = c.area_id AND k.case_id = c.id AND k.account_id = :me))
 ORDER BY c.no LIMIT 200;
