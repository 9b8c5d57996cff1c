-- query: command_password :exec
-- in: login text, password text
UPDATE account SET password = :password, must_change = 1, failed = 0, locked_until = NULL, version = version + 1 WHERE login = :login;

-- query: command_sign_out :exec
-- in: login text, now time
UPDATE session SET ended_at = :now WHERE ended_at IS NULL AND account_id IN (SELECT id FROM account WHERE login = :login);

-- query: command_users :many
-- out: login text, name text, role text, unit_code text, closed_on date?
SELECT a.login, a.name, a.role, u.code, a.closed_on FROM account a JOIN unit u ON u.id = a.unit_id ORDER BY u.code, a.login LIMIT 10000;
