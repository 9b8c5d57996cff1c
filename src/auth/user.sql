-- query: user_by_login :one
-- in: login text
-- out: id user_id, name text, role text, unit unit_id, password text, failed int, locked_until time?, expires_on date?, closed_on date?
-- out: second bool
SELECT a.id, a.name, a.role, a.unit_id, a.password, a.failed, a.locked_until, a.expires_on, a.closed_on,
       EXISTS (SELECT 1 FROM account_totp t WHERE t.account_id = a.id AND t.confirmed_at IS NOT NULL)
  FROM account a WHERE a.login = :login;

-- query: user_failed :exec
-- in: id user_id, failed int, locked_until time?
UPDATE account SET failed = :failed, locked_until = :locked_until WHERE id = :id;

-- query: user_password_set :exec
-- in: id user_id, password text, must_change bool
UPDATE account SET password = :password, must_change = :must_change, failed = 0, locked_until = NULL, version = version + 1 WHERE id = :id;

-- query: user_password :one
-- in: id user_id
-- out: login text, password text
SELECT login, password FROM account WHERE id = :id;

-- query: user_insert :exec
-- in: id user_id, login text, name text, role text, unit unit_id, staff staff_id?, password text, must_change bool, expires_on date?, at time
INSERT INTO account (id, login, name, role, unit_id, staff_id, password, must_change, failed, expires_on, created_at, version)
VALUES (:id, :login, :name, :role, :unit, :staff, :password, :must_change, 0, :expires_on, :at, 1)
ON CONFLICT (login) DO NOTHING;

-- query: user_list :many
-- The accounts in a subtree.
-- in: top unit_id, today date?
-- out: id user_id, login text, name text, role text, unit_name text, locked_until time?, expires_on date?, closed_on date?, must_change bool, second bool
-- filter: open  a.closed_on IS NULL OR a.closed_on > :today
SELECT a.id, a.login, a.name, a.role, u.name, a.locked_until, a.expires_on, a.closed_on, a.must_change,
       EXISTS (SELECT 1 FROM account_totp t WHERE t.account_id = a.id)
  FROM account a
  JOIN unit_closure c ON c.descendant_id = a.unit_id AND c.ancestor_id = :top
  JOIN unit u ON u.id = a.unit_id
 WHERE 1 = 1 /*filter*/
 ORDER BY c.depth, u.name, a.login LIMIT 2000;

-- query: user_get :one
-- in: id user_id
-- out: login text, name text, role text, unit unit_id, staff staff_id?, expires_on date?, closed_on date?
SELECT login, name, role, unit_id, staff_id, expires_on, closed_on FROM account WHERE id = :id;

-- query: user_update :exec
-- in: id user_id, name text, role text, unit unit_id, staff staff_id?, expires_on date?
UPDATE account SET name = :name, role = :role, unit_id = :unit, staff_id = :staff, expires_on = :expires_on, version = version + 1 WHERE id = :id;

-- query: user_close :exec
-- in: id user_id, on date?
UPDATE account SET closed_on = :on, version = version + 1 WHERE id = :id;

-- query: user_of_staff :many
-- The accounts of a member of staff that his leaving closes: not those that an administrator closed before.
-- in: staff staff_id, was date?, day date
-- out: id user_id
SELECT id FROM account WHERE staff_id = :staff AND (closed_on IS NULL OR closed_on = :was OR closed_on > :day) LIMIT 20;

-- query: user_close_staff :exec
-- in: staff staff_id, was date?, day date
UPDATE account SET closed_on = :day, version = version + 1
 WHERE staff_id = :staff AND (closed_on IS NULL OR closed_on = :was OR closed_on > :day);

-- query: user_staff :many
-- Members of staff of a subtree, for choosing whose account it is.
-- in: area int, top unit_id, today date
-- out: id staff_id, name text, unit_name text
SELECT s.id, s.name, u.name FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN staff s ON s.area_id = :area AND s.unit_id = u.id
 WHERE c.ancestor_id = :top AND (s.left_on IS NULL OR s.left_on > :today) ORDER BY u.code, s.name LIMIT 3000;

-- query: user_staff_unit :one
-- in: area int, staff staff_id
-- out: unit unit_id
SELECT unit_id FROM staff WHERE area_id = :area AND id = :staff;

-- query: user_lang :exec
-- in: id user_id, lang text
UPDATE account SET lang = :lang WHERE id = :id;

-- query: user_units :many
-- Units of a subtree, for choosing where an account belongs.
-- in: top unit_id
-- out: id unit_id, name text, depth int
SELECT u.id, u.name, c.depth FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top AND u.closed_on IS NULL ORDER BY c.depth, u.code LIMIT 3000;
