-- query: second_get :one
-- in: account user_id
-- out: secret text, made_at time, confirmed_at time?, last_step int, failed int, locked_until time?
SELECT secret_sealed, made_at, confirmed_at, last_step, failed, locked_until FROM account_totp WHERE account_id = :account;

-- query: second_begin :exec
-- A new secret, as long as the last one was not confirmed.
-- in: account user_id, secret text, at time
INSERT INTO account_totp (account_id, secret_sealed, made_at, last_step, failed) VALUES (:account, :secret, :at, 0, 0)
    ON CONFLICT (account_id) DO UPDATE SET secret_sealed = excluded.secret_sealed, made_at = excluded.made_at, last_step = 0, failed = 0
 WHERE account_totp.confirmed_at IS NULL;

-- query: second_confirm :exec
-- in: account user_id, at time, step int
UPDATE account_totp SET confirmed_at = :at, last_step = :step, failed = 0, locked_until = NULL WHERE account_id = :account AND confirmed_at IS NULL;

-- query: second_used :exec
-- A code was right: none up to its interval is taken again.
-- in: account user_id, step int
UPDATE account_totp SET last_step = :step, failed = 0, locked_until = NULL WHERE account_id = :account AND last_step < :step;

-- query: second_failed :exec
-- in: account user_id, failed int, locked_until time?
UPDATE account_totp SET failed = :failed, locked_until = :locked_until WHERE account_id = :account;

-- query: second_drop :exec
-- in: account user_id
DELETE FROM account_totp WHERE account_id = :account;

-- query: recovery_add :exec
-- in: account user_id, hash text
INSERT INTO account_recovery (account_id, code_hash) VALUES (:account, :hash);

-- query: recovery_drop :exec
-- in: account user_id
DELETE FROM account_recovery WHERE account_id = :account;

-- query: recovery_use :exec
-- in: account user_id, hash text, at time
UPDATE account_recovery SET used_at = :at WHERE account_id = :account AND code_hash = :hash AND used_at IS NULL;

-- query: recovery_left :one
-- in: account user_id
-- out: total int
SELECT count(*) FROM account_recovery WHERE account_id = :account AND used_at IS NULL;

-- query: second_waiting :one
-- The account whose password was right and whose code is still to come.
-- in: hash text, now time, today date
-- out: session session_id, account user_id, login text, name text, role text, unit unit_id
SELECT s.id, a.id, a.login, a.name, a.role, a.unit_id FROM session s JOIN account a ON a.id = s.account_id
 WHERE s.secret_hash = :hash AND s.second_due = 1 AND s.ended_at IS NULL AND s.expires_at > :now
   AND (a.closed_on IS NULL OR a.closed_on > :today) AND (a.expires_on IS NULL OR a.expires_on >= :today);

-- query: second_login :one
-- in: account user_id
-- out: login text
SELECT login FROM account WHERE id = :account;
