-- query: divisions_any :one
-- out: total int
SELECT count(*) FROM (SELECT code FROM division LIMIT 1) t;

-- query: divisions_put :exec
-- A chunk of rows: [[code, name, level, parent], …].
-- in: chunk text, day date, opened date?
INSERT INTO division (code, name, level, parent, valid_from, edition)
SELECT j.value ->> 0, j.value ->> 1, CAST(j.value ->> 2 AS INTEGER), j.value ->> 3, :opened, :day
-- sqlite:   FROM json_each(:chunk) j WHERE 1 = 1
-- postgres:   FROM json_array_elements(CAST(:chunk AS json)) AS j(value)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, edition = excluded.edition, valid_to = NULL;

-- query: divisions_close_missing :exec
-- Codes of a level that the newest table does not list although it lists sisters of theirs.
-- in: level int, day date
UPDATE division SET valid_to = :day
 WHERE level = :level AND (edition IS NULL OR edition <> :day) AND valid_to IS NULL
   AND parent IN (SELECT parent FROM division WHERE edition = :day AND level = :level);

-- query: divisions_close_inside :exec
-- What lies in a division that was closed.
-- in: level int, day date
UPDATE division SET valid_to = :day
 WHERE level = :level AND (edition IS NULL OR edition <> :day) AND valid_to IS NULL
   AND parent IN (SELECT code FROM division WHERE valid_to = :day AND level = :level - 1);
