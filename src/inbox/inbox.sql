-- query: inbox_heads :many
-- Accounts of a unit and of those above it; who of them must know is decided by what their roles may.
-- in: unit unit_id, today date
-- out: id user_id, role text
SELECT a.id, a.role FROM unit_closure c JOIN account a ON a.unit_id = c.ancestor_id
 WHERE c.descendant_id = :unit AND (a.closed_on IS NULL OR a.closed_on > :today) LIMIT 300;

-- query: inbox_add :exec
-- What waits for him already is not told twice.
-- in: area int, id inbox_id, account user_id, kind text, entity text, entity_id int, ref text, at time
INSERT INTO inbox (area_id, id, account_id, kind, entity, entity_id, ref, at)
SELECT :area, :id, a.id, :kind, :entity, :entity_id, :ref, :at FROM account a
 WHERE a.id = :account AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.area_id = :area AND i.account_id = :account AND i.done_at IS NULL
       AND i.kind = :kind AND i.entity_id = :entity_id);

-- query: inbox_list :many
-- in: area int, me user_id, skip int, limit int
-- out: id inbox_id, kind text, entity text, entity_id int, ref text, at time, done_at time?
-- filter: open  i.done_at IS NULL
-- filter: done  i.done_at IS NOT NULL
-- sort: newest  i.id DESC
SELECT i.id, i.kind, i.entity, i.entity_id, i.ref, i.at, i.done_at FROM inbox i WHERE i.area_id = :area AND i.account_id = :me /*filter*/ /*sort*/
 LIMIT :limit OFFSET :skip;

-- query: inbox_count :one
-- like: inbox_list
-- in: area int, me user_id
-- out: total int
SELECT count(*) FROM inbox i WHERE i.area_id = :area AND i.account_id = :me /*filter*/;

-- query: inbox_get :one
-- in: area int, id inbox_id
-- out: account user_id
SELECT account_id FROM inbox WHERE area_id = :area AND id = :id;

-- query: inbox_mark :exec
-- in: area int, id inbox_id, at time?
UPDATE inbox SET done_at = :at WHERE area_id = :area AND id = :id;

-- query: message_mail :exec
-- Only who has an address gets mail; what waits to be sent says the same, so it is not doubled.
-- in: area int, id message_id, kind text, account user_id, at time
INSERT INTO message (area_id, id, channel, kind, account_id, at, tries, next_at)
SELECT :area, :id, 'mail', :kind, m.account_id, :at, 0, :at FROM account_mail m WHERE m.account_id = :account
   AND NOT EXISTS (SELECT 1 FROM message w WHERE w.area_id = :area AND w.next_at <= :at AND w.tries = 0 AND w.account_id = :account);

-- query: message_webhook :exec
-- in: area int, id message_id, kind text, at time
INSERT INTO message (area_id, id, channel, kind, at, tries, next_at)
SELECT :area, :id, 'webhook', :kind, :at, 0, :at
 WHERE NOT EXISTS (SELECT 1 FROM message w WHERE w.area_id = :area AND w.next_at <= :at AND w.tries = 0 AND w.channel = 'webhook');

-- query: channel_get :one
-- The settings of a way out ("channel.mail", "channel.webhook"): sealed JSON.
-- in: name text
-- out: value text
SELECT value FROM setting WHERE name = :name;

-- query: channel_set :exec
-- in: name text, value text
INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- query: channel_drop :exec
-- in: name text
DELETE FROM setting WHERE name = :name;
