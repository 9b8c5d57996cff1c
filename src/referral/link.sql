-- query: link_insert :exec
-- in: area int, id link_id, referral referral_id, token text, code text, at time, by user_id, expires time
INSERT INTO referral_link (area_id, id, referral_id, token_hash, code_hash, made_at, made_by, expires_at, failed)
VALUES (:area, :id, :referral, :token, :code, :at, :by, :expires, 0);

-- query: link_list :many
-- in: area int, referral referral_id
-- out: id link_id, made_at time, by_name text, expires time, failed int, opened_at time?, ended_at time?
SELECT l.id, l.made_at, a.name, l.expires_at, l.failed, l.opened_at, l.ended_at
  FROM referral_link l JOIN account a ON a.id = l.made_by
 WHERE l.area_id = :area AND l.referral_id = :referral ORDER BY l.made_at DESC LIMIT 20;

-- query: link_find :one
-- in: area int, token text
-- out: id link_id, referral referral_id, code text, expires time, failed int, visit text?, visit_until time?
SELECT id, referral_id, code_hash, expires_at, failed, visit_hash, visit_until FROM referral_link
 WHERE area_id = :area AND token_hash = :token AND ended_at IS NULL;

-- query: link_failed :exec
-- in: area int, id link_id, ended time?
UPDATE referral_link SET failed = failed + 1, ended_at = :ended WHERE area_id = :area AND id = :id;

-- query: link_opened :exec
-- in: area int, id link_id, at time, visit text, until time
UPDATE referral_link SET opened_at = coalesce(opened_at, :at), visit_hash = :visit, visit_until = :until, failed = 0
 WHERE area_id = :area AND id = :id;

-- query: link_extend :exec
-- in: area int, id link_id, expires time
UPDATE referral_link SET expires_at = :expires WHERE area_id = :area AND id = :id;

-- query: link_end_all :exec
-- in: area int, referral referral_id, at time
UPDATE referral_link SET ended_at = :at WHERE area_id = :area AND referral_id = :referral AND ended_at IS NULL;
