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
SELECT hash, max(size)
  FROM (SELECT * FROM (SELECT hash, max(size) AS size FROM case_file WHERE hash > :after GROUP BY hash ORDER BY hash LIMIT 1000) a
        UNION ALL SELECT * FROM (SELECT hash, max(size) AS size FROM proof_file WHERE hash > :after GROUP BY hash ORDER BY hash LIMIT 1000) b
        UNION ALL SELECT * FROM (SELECT hash, max(size) AS size FROM group_file WHERE hash > :after GROUP BY hash ORDER BY hash LIMIT 1000) c) t
 GROUP BY hash ORDER BY hash LIMIT 1000;

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

-- query: check_trees :many
-- Units whose number of open units below differs from the tree.
-- out: name text, level text, kept int, counted int
SELECT u.name, x.level, CAST(SUM(x.kept) AS BIGINT), CAST(SUM(x.counted) AS BIGINT)
  FROM (SELECT unit_id, level, n AS kept, 0 AS counted FROM unit_count
        UNION ALL SELECT c.ancestor_id, d.level, 0, 1 FROM unit d JOIN unit_closure c ON c.descendant_id = d.id WHERE d.closed_on IS NULL) x
  JOIN unit u ON u.id = x.unit_id
 GROUP BY x.unit_id, u.name, x.level HAVING SUM(x.kept) <> SUM(x.counted) ORDER BY x.unit_id, x.level LIMIT 1000;
