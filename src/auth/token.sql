-- query: token_find :one
-- The token of a program, with its account.
-- in: hash text, today date
-- out: id token_id, writes bool, used_at time?, account user_id, name text, role text, unit unit_id, area int, staff staff_id?, must_change bool
-- out: minors bool, expires_on date?, second bool
SELECT t.id, t.writes, t.used_at, a.id, a.name, a.role, a.unit_id, u.area_id, a.staff_id, a.must_change,
       EXISTS (SELECT 1 FROM account_minor m WHERE m.account_id = a.id AND m.ended_at IS NULL), a.expires_on,
       EXISTS (SELECT 1 FROM account_totp o WHERE o.account_id = a.id AND o.confirmed_at IS NOT NULL)
  FROM api_token t
  JOIN account a ON a.id = t.account_id
  JOIN unit u ON u.id = a.unit_id
 WHERE t.secret_hash = :hash AND t.ended_at IS NULL AND t.expires_on >= :today
   AND (a.closed_on IS NULL OR a.closed_on > :today) AND (a.expires_on IS NULL OR a.expires_on >= :today);

-- query: token_insert :exec
-- in: id token_id, account user_id, name text, hash text, writes bool, now time, expires date
INSERT INTO api_token (id, account_id, name, secret_hash, writes, made_at, expires_on)
VALUES (:id, :account, :name, :hash, :writes, :now, :expires);

-- query: token_seen :exec
-- in: id token_id, now time
UPDATE api_token SET used_at = :now WHERE id = :id;

-- query: token_end :exec
-- in: id token_id, account user_id, now time
UPDATE api_token SET ended_at = :now WHERE id = :id AND account_id = :account AND ended_at IS NULL;

-- query: token_end_all :exec
-- All of an account: its password was changed, or it was closed.
-- in: account user_id, now time
UPDATE api_token SET ended_at = :now WHERE account_id = :account AND ended_at IS NULL;

-- query: token_list :many
-- in: account user_id
-- out: id token_id, name text, writes bool, made_at time, expires date, used_at time?
SELECT id, name, writes, made_at, expires_on, used_at FROM api_token
 WHERE account_id = :account AND ended_at IS NULL ORDER BY id DESC LIMIT 50;
