-- query: session_find :one
-- The session behind a cookie, with its account.
-- in: hash text, now time, today date
-- out: id session_id, seen_at time, account user_id, name text, role text, unit unit_id, area int, staff staff_id?, must_change bool, lang text?, minors bool, expires_on date?, second bool
SELECT s.id, s.seen_at, a.id, a.name, a.role, a.unit_id, u.area_id, a.staff_id, a.must_change, a.lang,
       EXISTS (SELECT 1 FROM account_minor m WHERE m.account_id = a.id AND m.ended_at IS NULL), a.expires_on,
       EXISTS (SELECT 1 FROM account_totp t WHERE t.account_id = a.id AND t.confirmed_at IS NOT NULL)
  FROM session s
  JOIN account a ON a.id = s.account_id
  JOIN unit u ON u.id = a.unit_id
 WHERE s.secret_hash = :hash AND s.ended_at IS NULL AND s.second_due IS NULL AND s.expires_at > :now
   AND (a.closed_on IS NULL OR a.closed_on > :today) AND (a.expires_on IS NULL OR a.expires_on >= :today);

-- query: session_insert :exec
-- in: id session_id, hash text, account user_id, now time, expires time, ip text, agent text, second int?
INSERT INTO session (id, secret_hash, account_id, started_at, seen_at, expires_at, ip, agent, second_due)
VALUES (:id, :hash, :account, :now, :now, :expires, :ip, :agent, :second);

-- query: session_seen :exec
-- in: id session_id, now time, expires time
UPDATE session SET seen_at = :now, expires_at = :expires WHERE id = :id AND ended_at IS NULL;

-- query: session_close :exec
-- in: id session_id, account user_id, now time
UPDATE session SET ended_at = :now WHERE id = :id AND account_id = :account AND ended_at IS NULL;

-- query: session_close_others :exec
-- in: account user_id, but session_id, now time
UPDATE session SET ended_at = :now WHERE account_id = :account AND id <> :but AND ended_at IS NULL;

-- query: session_list :many
-- The open sessions of an account, the last used first.
-- in: account user_id, now time
-- out: id session_id, started_at time, seen_at time, ip text, agent text
SELECT id, started_at, seen_at, ip, agent FROM session
 WHERE account_id = :account AND ended_at IS NULL AND second_due IS NULL AND expires_at > :now ORDER BY seen_at DESC;

-- query: session_open :one
-- How many sessions are open.
-- in: now time
-- out: total int
SELECT count(*) FROM session WHERE ended_at IS NULL AND second_due IS NULL AND expires_at > :now;

-- query: session_scope :one
-- Is a unit in the subtree of another?
-- in: top unit_id, unit unit_id
-- out: total int
SELECT count(*) FROM unit_closure WHERE ancestor_id = :top AND descendant_id = :unit;
