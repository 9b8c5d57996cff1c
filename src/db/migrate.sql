-- query: migrate_exists :one
-- Is there a table of steps?  The first step makes it.
-- out: total int
-- sqlite: SELECT count(*) FROM sqlite_schema WHERE name = 'schema_step'
-- postgres: SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_step'
;

-- query: migrate_done :many
-- Which steps are in.
-- out: name text
SELECT name FROM schema_step ORDER BY name;

-- query: migrate_note :exec
-- in: name text, at time
INSERT INTO schema_step (name, done_at) VALUES (:name, :at);
