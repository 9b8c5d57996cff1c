-- query: copy_snapshot :one
-- The state this transaction sees, for pg_dump.
-- out: id text
-- sqlite: SELECT '' WHERE 0
-- postgres: SELECT pg_export_snapshot()
;

-- query: copy_tables :one
-- Is there anything in the database?
-- out: total int
-- sqlite: SELECT count(*) FROM sqlite_schema
-- postgres: SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()
;

-- query: copy_others :one
-- Who else uses this database now.
-- out: total int
-- sqlite: SELECT 0
-- postgres: SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
;
