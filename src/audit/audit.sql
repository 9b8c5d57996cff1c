-- query: audit_insert :exec
-- For chain_add alone.
-- in: area int, id audit_id, at time, account user_id?, account_name text, action text, entity text, entity_id int
-- in: changes text?, reason text?, ip text, lane int, seq int, hash text
INSERT INTO audit (area_id, id, at, account_id, account_name, action, entity, entity_id, changes, reason, ip, lane, seq, hash)
VALUES (:area, :id, :at, :account, :account_name, :action, :entity, :entity_id, :changes, :reason, :ip, :lane, :seq, :hash);

-- query: audit_recently :one
-- Did a user do something to a record since?
-- in: area int, entity text, entity_id int, action text, account user_id, since time
-- out: total int
SELECT count(*) FROM audit WHERE area_id = :area AND entity = :entity AND entity_id = :entity_id AND at > :since AND action = :action
   AND account_id = :account;

-- query: audit_of :many
-- What happened to one record, newest first.
-- in: area int, entity text, entity_id int
-- out: at time, account_name text, action text, changes text?, reason text?
SELECT at, account_name, action, changes, reason FROM audit
 WHERE area_id = :area AND entity = :entity AND entity_id = :entity_id ORDER BY at DESC, id DESC LIMIT 100;
