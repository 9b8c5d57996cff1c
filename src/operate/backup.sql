-- query: backup_counts :one
-- How much is in the database, for the manifest.
-- anyarea: a backup holds all areas
-- out: units int, accounts int, people int, cases int, forms int, records int, files int, audit int
SELECT (SELECT count(*) FROM unit), (SELECT count(*) FROM account), (SELECT count(*) FROM person), (SELECT count(*) FROM casefile),
       (SELECT count(*) FROM case_form), (SELECT count(*) FROM case_record), (SELECT count(*) FROM case_file), (SELECT count(*) FROM audit);

-- query: backup_profiles :many
-- out: code text
SELECT code FROM profile ORDER BY code LIMIT 20;

-- query: backup_sign_out :exec
-- Nobody is signed in after a restore: his session may have been ended since.
-- in: now time
UPDATE session SET ended_at = :now WHERE ended_at IS NULL;
