-- query: hook_list :many
-- in: area int
-- out: id hook_id, name text, host text, entities text, made_at time, next_at time, tries int, sent_at time?, sent int, error text?, paused_at time?
SELECT id, name, host, entities, made_at, next_at, tries, sent_at, sent, error, paused_at FROM hook
 WHERE area_id = :area AND ended_at IS NULL ORDER BY id LIMIT 50;

-- query: hook_insert :exec
-- in: area int, id hook_id, name text, settings text, host text, entities text, account user_id, now time
INSERT INTO hook (area_id, id, name, settings_sealed, host, entities, account_id, made_at, next_at, tries, sent)
VALUES (:area, :id, :name, :settings, :host, :entities, :account, :now, :now, 0, 0);

-- query: hook_from_here :exec
-- What happened before is not told.
-- in: area int, id hook_id
INSERT INTO hook_lane (area_id, hook_id, lane, seq) SELECT :area, :id, lane, seq FROM audit_head WHERE area_id = :area AND lane > 0;

-- query: hook_pause :exec
-- in: area int, id hook_id, now time?
UPDATE hook SET paused_at = :now, tries = 0, error = NULL WHERE area_id = :area AND id = :id AND ended_at IS NULL;

-- query: hook_now :exec
-- in: area int, id hook_id, now time
UPDATE hook SET next_at = :now WHERE area_id = :area AND id = :id AND ended_at IS NULL;

-- query: hook_end :exec
-- in: area int, id hook_id, now time
UPDATE hook SET ended_at = :now WHERE area_id = :area AND id = :id AND ended_at IS NULL;

-- query: hook_claim :many
-- One that is due and behind the trail, taken by one courier: others, and a later start, leave it alone until then.
-- anyarea: the courier serves all counties; there are few hooks
-- in: now time, until time
-- out: area int, id hook_id, settings text, entities text, tries int
UPDATE hook SET next_at = :until
 WHERE next_at <= :now AND (area_id, id) IN (
    SELECT k.area_id, k.id FROM hook k
      JOIN audit_head a ON a.area_id = k.area_id AND a.lane > 0
      LEFT JOIN hook_lane l ON l.area_id = k.area_id AND l.hook_id = k.id AND l.lane = a.lane
     WHERE k.ended_at IS NULL AND k.paused_at IS NULL AND k.next_at <= :now AND a.seq > COALESCE(l.seq, 0)
     ORDER BY k.next_at LIMIT 1)
RETURNING area_id, id, settings_sealed, entities, tries;

-- query: hook_rows :many
-- What the trail holds behind the last that was told.  level: of the person or case it is about.
-- in: area int, id hook_id, most int
-- out: lane int, seq int, id audit_id, at time, action text, entity text, entity_id int, level int
SELECT a.lane, a.seq, a.id, a.at, a.action, a.entity, a.entity_id,
       COALESCE(CASE a.entity WHEN 'person' THEN (SELECT p.level FROM person p WHERE p.area_id = a.area_id AND p.id = a.entity_id)
                              WHEN 'case' THEN (SELECT c.level FROM casefile c WHERE c.area_id = a.area_id AND c.id = a.entity_id)
                              WHEN 'referral' THEN (SELECT r.level FROM referral r WHERE r.area_id = a.area_id AND r.id = a.entity_id) END, 0)
  FROM audit_head h
  LEFT JOIN hook_lane l ON l.area_id = h.area_id AND l.hook_id = :id AND l.lane = h.lane
  JOIN audit a ON a.area_id = h.area_id AND a.lane = h.lane AND a.seq > COALESCE(l.seq, 0)
 WHERE h.area_id = :area AND h.lane > 0 ORDER BY a.lane, a.seq LIMIT :most;

-- query: hook_told :exec
-- in: area int, id hook_id, lane int, seq int
INSERT INTO hook_lane (area_id, hook_id, lane, seq) VALUES (:area, :id, :lane, :seq)
    ON CONFLICT (area_id, hook_id, lane) DO UPDATE SET seq = excluded.seq;

-- query: hook_settle :exec
-- in: area int, id hook_id, next_at time, tries int, sent_at time?, more int, error text?, paused_at time?
UPDATE hook SET next_at = :next_at, tries = :tries, sent_at = COALESCE(:sent_at, sent_at), sent = sent + :more, error = :error,
       paused_at = COALESCE(:paused_at, paused_at)
 WHERE area_id = :area AND id = :id;
