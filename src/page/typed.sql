-- query: once_claim :exec
-- in: area int, hash text, at time
INSERT INTO once (area_id, hash, at) VALUES (:area, :hash, :at) ON CONFLICT DO NOTHING;

-- query: once_get :one
-- in: area int, hash text
-- out: location text?, flash text?
SELECT location, flash FROM once WHERE area_id = :area AND hash = :hash;

-- query: once_keep :exec
-- in: area int, hash text, location text, flash text?
UPDATE once SET location = :location, flash = :flash WHERE area_id = :area AND hash = :hash;

-- query: once_drop :exec
-- in: area int, hash text
DELETE FROM once WHERE area_id = :area AND hash = :hash;

-- query: once_clean :exec
-- in: area int, old time
DELETE FROM once WHERE area_id = :area AND at < :old;

-- query: draft_put :exec
-- in: area int, account user_id, address text, typed text, at time
INSERT INTO draft (area_id, account_id, address, typed_sealed, at) VALUES (:area, :account, :address, :typed, :at)
ON CONFLICT (area_id, account_id, address) DO UPDATE SET typed_sealed = excluded.typed_sealed, at = excluded.at;

-- query: draft_get :one
-- in: area int, account user_id, address text
-- out: typed text, at time
SELECT typed_sealed, at FROM draft WHERE area_id = :area AND account_id = :account AND address = :address;

-- query: draft_drop :exec
-- in: area int, account user_id, address text
DELETE FROM draft WHERE area_id = :area AND account_id = :account AND address = :address;

-- query: draft_clean :exec
-- in: area int, account user_id, old time
DELETE FROM draft WHERE area_id = :area AND account_id = :account AND at < :old;

-- query: draft_whose :one
-- Whose a session was that is over since not long ago.
-- in: hash text, since time, today date
-- out: account user_id, area int
SELECT a.id, u.area_id FROM session s JOIN account a ON a.id = s.account_id JOIN unit u ON u.id = a.unit_id
 WHERE s.secret_hash = :hash AND s.seen_at > :since AND (a.closed_on IS NULL OR a.closed_on > :today);
