-- query: grant_insert :exec
-- in: area int, id grant_id, person person_id, account user_id, unit unit_id, level int, way text, reason text, at time, state text, until time?
INSERT INTO access_grant (area_id, id, person_id, account_id, unit_id, level, way, reason, asked_at, state, until_at)
VALUES (:area, :id, :person, :account, :unit, :level, :way, :reason, :at, :state, :until);

-- query: grant_opens :one
-- Up to which level a person's file is open to an account now.
-- in: area int, person person_id, me user_id, now time
-- out: level int, until time
SELECT COALESCE(max(level), 0), COALESCE(max(until_at), 0) FROM access_grant
 WHERE area_id = :area AND person_id = :person AND account_id = :me AND state = 'open' AND until_at > :now;

-- query: grant_waits :one
-- in: area int, person person_id, me user_id
-- out: total int
SELECT count(*) FROM access_grant WHERE area_id = :area AND person_id = :person AND account_id = :me AND state = 'waiting';

-- query: grant_workers :many
-- Who works with the person: told of an emergency opening, as the heads are.
-- in: area int, person person_id
-- out: id user_id
SELECT DISTINCT worker_id FROM casefile WHERE area_id = :area AND person_id = :person AND closed_on IS NULL AND worker_id IS NOT NULL;

-- query: grant_get :one
-- in: area int, id grant_id
-- out: person person_id, account user_id, unit unit_id, way text, state text, until time?, reviewed_at time?
SELECT person_id, account_id, unit_id, way, state, until_at, reviewed_at FROM access_grant WHERE area_id = :area AND id = :id;

-- query: grant_decide :exec
-- in: area int, id grant_id, state text, until time?, by user_id, at time, answer text?
UPDATE access_grant SET state = :state, until_at = :until, decided_by = :by, decided_at = :at, answer = :answer
 WHERE area_id = :area AND id = :id AND state = 'waiting';

-- query: grant_review :exec
-- in: area int, id grant_id, by user_id, at time, finding text, remark text?
UPDATE access_grant SET reviewed_by = :by, reviewed_at = :at, finding = :finding, remark = :remark,
       state = CASE WHEN :finding = 'wrong' THEN 'ended' ELSE state END
 WHERE area_id = :area AND id = :id AND way = 'emergency' AND reviewed_at IS NULL;

-- query: grant_end :exec
-- in: area int, id grant_id, now time
UPDATE access_grant SET state = 'ended', until_at = :now WHERE area_id = :area AND id = :id AND state = 'open' AND until_at > :now;

-- query: grant_list :many
-- Requests and openings, the newest first: those of a subtree, or one's own.  The name only of whom the reader may know.
-- in: area int, top unit_id?, me user_id, skip int, most int
-- out: id grant_id, person person_id, name text, seen bool, level int, account user_id, account_name text, unit_name text, way text, reason text
-- out: asked_at time, state text, until time?, decided_name text?, decided_at time?, answer text?, reviewed_name text?, reviewed_at time?
-- out: finding text?, remark text?
-- filter: below    g.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
-- filter: mine     g.account_id = :me
-- filter: waiting  g.state = 'waiting'
-- filter: review   g.way = 'emergency' AND g.reviewed_at IS NULL
SELECT g.id, g.person_id, p.name,
       CASE WHEN p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)
            THEN 1 ELSE 0 END,
       g.level, g.account_id, a.name, u.name, g.way, g.reason, g.asked_at, g.state, g.until_at, d.name, g.decided_at, g.answer, r.name, g.reviewed_at,
       g.finding, g.remark
  FROM access_grant g JOIN person p ON p.area_id = g.area_id AND p.id = g.person_id JOIN account a ON a.id = g.account_id
  JOIN unit u ON u.id = g.unit_id LEFT JOIN account d ON d.id = g.decided_by LEFT JOIN account r ON r.id = g.reviewed_by
 WHERE g.area_id = :area /*filter*/ ORDER BY g.id DESC LIMIT :most OFFSET :skip;

-- query: grant_count :one
-- like: grant_list
-- in: area int, top unit_id?, me user_id
-- out: total int
SELECT count(*) FROM access_grant g WHERE g.area_id = :area /*filter*/;

-- query: minor_accounts :many
-- The accounts of a subtree and since when they may open minors' files; whose role works with people is the caller's to say.
-- in: top unit_id
-- out: id user_id, name text, role text, unit_name text, from time?, by_name text?
SELECT a.id, a.name, a.role, u.name, m.from_at, b.name FROM unit_closure c JOIN account a ON a.unit_id = c.descendant_id
  JOIN unit u ON u.id = a.unit_id LEFT JOIN account_minor m ON m.account_id = a.id AND m.ended_at IS NULL LEFT JOIN account b ON b.id = m.by_id
 WHERE c.ancestor_id = :top AND a.closed_on IS NULL ORDER BY c.depth, u.code, a.name LIMIT 400;

-- query: minor_unit :one
-- in: account user_id
-- out: unit unit_id, role text
SELECT unit_id, role FROM account WHERE id = :account AND closed_on IS NULL;

-- query: minor_allow :exec
-- in: account user_id, at time, by user_id
INSERT INTO account_minor (account_id, from_at, by_id)
SELECT a.id, :at, :by FROM account a WHERE a.id = :account
   AND NOT EXISTS (SELECT 1 FROM account_minor m WHERE m.account_id = :account AND m.ended_at IS NULL);

-- query: minor_end :exec
-- in: account user_id, at time, by user_id
UPDATE account_minor SET ended_at = :at, ended_by = :by WHERE account_id = :account AND ended_at IS NULL;
