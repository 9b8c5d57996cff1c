-- query: message_claim :many
-- What is due, taken by one courier: others, and a later start, leave it alone until then.
-- anyarea: the courier serves all counties
-- in: now time, until time
-- out: area int, id message_id, channel text, account user_id, tries int
UPDATE message SET next_at = :until, tries = tries + 1
 WHERE (area_id, id) IN (SELECT m.area_id, m.id FROM message m WHERE m.next_at <= :now ORDER BY m.next_at LIMIT 10) AND next_at <= :now
RETURNING area_id, id, channel, coalesce(account_id, 0), tries;

-- query: message_address :one
-- in: account user_id
-- out: address text
SELECT address_sealed FROM account_mail WHERE account_id = :account;

-- query: message_settle :exec
-- in: area int, id message_id, sent_at time?, next_at time?, error text?
UPDATE message SET sent_at = :sent_at, next_at = :next_at, error = :error WHERE area_id = :area AND id = :id;

-- query: message_troubles :many
-- The newest messages that failed or wait, for the administrator.
-- in: area int
-- out: at time, channel text, tries int, next_at time?, sent_at time?, error text?
SELECT at, channel, tries, next_at, sent_at, error FROM message WHERE area_id = :area ORDER BY id DESC LIMIT 20;

-- query: mail_list :many
-- in: top unit_id
-- out: id user_id, login text, name text, address text
SELECT a.id, a.login, a.name, m.address_sealed FROM unit_closure c JOIN account a ON a.unit_id = c.descendant_id JOIN account_mail m ON m.account_id = a.id
 WHERE c.ancestor_id = :top AND a.closed_on IS NULL ORDER BY a.login LIMIT 500;

-- query: mail_accounts :many
-- in: top unit_id
-- out: id user_id, login text, name text
SELECT a.id, a.login, a.name FROM unit_closure c JOIN account a ON a.unit_id = c.descendant_id
 WHERE c.ancestor_id = :top AND a.closed_on IS NULL ORDER BY a.login LIMIT 2000;

-- query: mail_set :exec
-- in: account user_id, address text
INSERT INTO account_mail (account_id, address_sealed) VALUES (:account, :address) ON CONFLICT (account_id) DO UPDATE SET address_sealed = excluded.address_sealed;

-- query: mail_drop :exec
-- in: account user_id
DELETE FROM account_mail WHERE account_id = :account;
