-- query: check_pages :many
-- What is wrong with the file of the database itself.  PostgreSQL: indexes that a failed command left unusable.
-- out: text text
-- sqlite: SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok' LIMIT 100
-- postgres: SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid LIMIT 100
;

-- query: check_references :many
-- Rows that point to a row that is not there.  PostgreSQL: constraints that were never checked.
-- out: text text
-- sqlite: SELECT "table" || ' → ' || parent || ': ' || count(*) FROM pragma_foreign_key_check GROUP BY "table", parent LIMIT 100
-- postgres: SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated LIMIT 100
;

-- query: check_files :many
-- The attachments, each once, in pages.
-- anyarea: the folder of attachments belongs to all areas
-- in: after text
-- out: hash text, size int
SELECT hash, max(size) FROM case_file WHERE hash > :after GROUP BY hash ORDER BY hash LIMIT 1000;

-- query: check_sealed :many
-- The newest sealed numbers: does this key open them?
-- anyarea: one key for all areas
-- out: idno text
SELECT idno_sealed FROM person WHERE idno_sealed IS NOT NULL ORDER BY id DESC LIMIT 500;

-- query: check_case_totals :many
-- Case files whose own counters differ from their records.
-- anyarea: a recount reads everything
-- out: no text, contacts int, minutes int, counted int, counted_minutes int
SELECT f.no, f.contacts, f.minutes, COALESCE(r.n, 0), COALESCE(r.minutes, 0) FROM casefile f
  LEFT JOIN (SELECT area_id, case_id, count(*) AS n, CAST(SUM(minutes) AS BIGINT) AS minutes FROM case_record GROUP BY area_id, case_id) r
    ON r.area_id = f.area_id AND r.case_id = f.id
 WHERE f.contacts <> COALESCE(r.n, 0) OR f.minutes <> COALESCE(r.minutes, 0) ORDER BY f.no LIMIT 1000;
