-- query: group_get :one
-- One group; level and youngest are those of everybody on its list: who stands there decides who may read it.
-- And how many of level S4 there are whom the user may not know (unseen).
-- in: area int, id group_id, me user_id
-- out: id group_id, no text, name text, unit unit_id, unit_name text, unit_code text, profile text, state text, nature text?, open_kind text?
-- out: min_size int?, max_size int?, sessions_planned int?, leader user_id, leader_name text, supervisor user_id?, supervisor_name text?
-- out: opened date, contract text?, contract_on date?, closed date?, end_reason text?, end_note text?, end_care text?, level int, youngest date?, unseen int
SELECT g.id, g.no, g.name, g.unit_id, u.name, u.code, u.profile, g.state, g.nature, g.open_kind,
       g.min_size, g.max_size, g.sessions_planned, g.leader_id, l.name, g.supervisor_id, s.name,
       g.opened_on, g.contract, g.contract_on, g.closed_on, g.end_reason, g.end_note, g.end_care,
       (SELECT coalesce(max(p.level), 0) FROM group_member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
         WHERE m.area_id = g.area_id AND m.group_id = g.id),
       (SELECT max(p.born) FROM group_member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
         WHERE m.area_id = g.area_id AND m.group_id = g.id),
       (SELECT count(*) FROM group_member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
         WHERE m.area_id = g.area_id AND m.group_id = g.id AND p.level >= 4 AND NOT EXISTS (
               SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
  FROM groupfile g
  JOIN unit u ON u.id = g.unit_id
  JOIN account l ON l.id = g.leader_id
  LEFT JOIN account s ON s.id = g.supervisor_id
 WHERE g.area_id = :area AND g.id = :id;

-- query: group_list :many
-- Groups of a subtree, newest first; one with a member of level S4 only for its leader and whoever may know him.
-- in: area int, unit unit_id, me user_id, state text?, name text?, after date?, after_id group_id?, most int
-- out: id group_id, no text, name text, unit_name text, state text, nature text?, leader_name text, opened date, members int, held int, sessions_planned int?
-- filter: open   g.state NOT IN ('archived', 'cancelled', 'stopped')
-- filter: done   g.state IN ('archived', 'cancelled', 'stopped')
-- filter: mine   g.leader_id = :me AND g.state NOT IN ('archived', 'cancelled', 'stopped')
-- filter: state  g.state = :state
-- filter: name   g.name LIKE :name OR g.no LIKE :name
-- sort: opened  g.opened_on DESC, g.id DESC  after (g.opened_on, g.id) < (:after, :after_id)
SELECT g.id, g.no, g.name, u.name, g.state, g.nature, l.name, g.opened_on,
       (SELECT count(*) FROM group_member m WHERE m.area_id = g.area_id AND m.group_id = g.id AND m.state = 'accepted'),
       (SELECT count(*) FROM group_session s WHERE s.area_id = g.area_id AND s.group_id = g.id AND s.state = 'held'), g.sessions_planned
  FROM groupfile g
  JOIN unit u ON u.id = g.unit_id
  LEFT JOIN account l ON l.id = g.leader_id
 WHERE g.area_id = :area AND g.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND (g.leader_id = :me OR NOT EXISTS (
        SELECT 1 FROM group_member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
         WHERE m.area_id = g.area_id AND m.group_id = g.id AND p.level >= 4 AND NOT EXISTS (
               SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)))
   /*filter*/
 /*sort*/ LIMIT :most;

-- query: group_count :one
-- like: group_list
-- in: area int, unit unit_id, me user_id, state text?, name text?
-- out: total int
SELECT count(*) FROM groupfile g
 WHERE g.area_id = :area AND g.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
   AND (g.leader_id = :me OR NOT EXISTS (
        SELECT 1 FROM group_member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
         WHERE m.area_id = g.area_id AND m.group_id = g.id AND p.level >= 4 AND NOT EXISTS (
               SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)))
   /*filter*/;

-- query: group_figures :many
-- For who sees numbers only: groups and sessions of a subtree by station; no names.
-- in: area int, unit unit_id
-- out: unit_name text, running int, ended int, members int, sessions int, visits int
SELECT u.name, count(CASE WHEN g.state NOT IN ('archived', 'cancelled', 'stopped') THEN 1 END),
       count(CASE WHEN g.state IN ('archived', 'cancelled', 'stopped') THEN 1 END),
       coalesce(sum((SELECT count(*) FROM group_member m WHERE m.area_id = g.area_id AND m.group_id = g.id AND m.state = 'accepted')), 0),
       coalesce(sum((SELECT count(*) FROM group_session s WHERE s.area_id = g.area_id AND s.group_id = g.id AND s.state = 'held')), 0),
       coalesce(sum((SELECT count(*) FROM group_attendance a WHERE a.area_id = g.area_id AND a.group_id = g.id AND a.present = 1)), 0)
  FROM groupfile g JOIN unit u ON u.id = g.unit_id
 WHERE g.area_id = :area AND g.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
 GROUP BY u.id, u.name ORDER BY u.name LIMIT 500;

-- query: group_serial_next :one
-- The next number of a station and year.
-- in: unit unit_id, year int
-- out: last int
INSERT INTO group_serial (unit_id, year, last) VALUES (:unit, :year, 1)
ON CONFLICT (unit_id, year) DO UPDATE SET last = group_serial.last + 1 RETURNING last;

-- query: group_insert :exec
-- in: area int, id group_id, no text, name text, unit unit_id, leader user_id, supervisor user_id?, on date, at time
INSERT INTO groupfile (area_id, id, no, name, unit_id, state, leader_id, supervisor_id, opened_on, opened_at, version)
VALUES (:area, :id, :no, :name, :unit, 'prepare', :leader, :supervisor, :on, :at, 1);

-- query: group_set_state :exec
-- Only from the state that was looked at: two who press at once move it once.
-- in: area int, id group_id, from text, to text, closed date?, reason text?, note text?, care text?
UPDATE groupfile SET state = :to, closed_on = :closed, end_reason = coalesce(:reason, end_reason), end_note = coalesce(:note, end_note),
       end_care = coalesce(:care, end_care), version = version + 1
 WHERE area_id = :area AND id = :id AND state = :from;

-- query: group_set_plan :exec
-- What the plan (form H) says.
-- in: area int, id group_id, name text, nature text, open_kind text, min_size int, max_size int, sessions_planned int
UPDATE groupfile SET name = :name, nature = :nature, open_kind = :open_kind, min_size = :min_size, max_size = :max_size,
       sessions_planned = :sessions_planned, version = version + 1
 WHERE area_id = :area AND id = :id;

-- query: group_set_supervisor :exec
-- in: area int, id group_id, supervisor user_id
UPDATE groupfile SET supervisor_id = :supervisor, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: group_set_leader :exec
-- in: area int, id group_id, leader user_id
UPDATE groupfile SET leader_id = :leader, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: group_set_contract :exec
-- in: area int, id group_id, contract text, on date
UPDATE groupfile SET contract = :contract, contract_on = :on, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: group_event_add :exec
-- in: area int, id event_id, group group_id, at time, by user_id, kind text, from_state text?, to_state text?, reason text?
INSERT INTO group_event (area_id, id, group_id, at, account_id, kind, from_state, to_state, reason)
VALUES (:area, :id, :group, :at, :by, :kind, :from_state, :to_state, :reason);

-- query: group_axis :many
-- in: area int, id group_id
-- out: at time, kind text, who text, to_state text?, reason text?
SELECT e.at, e.kind, a.name, e.to_state, e.reason FROM group_event e JOIN account a ON a.id = e.account_id
 WHERE e.area_id = :area AND e.group_id = :id ORDER BY e.at DESC, e.id DESC LIMIT 200;

-- query: group_ticks :many
-- in: area int, id group_id
-- out: item text, state text, reason text?
SELECT item, state, reason FROM group_tick WHERE area_id = :area AND group_id = :id ORDER BY item LIMIT 300;

-- query: group_tick_set :exec
-- in: area int, id group_id, item text, state text, reason text?, by user_id, at time
INSERT INTO group_tick (area_id, group_id, item, state, reason, by_id, at) VALUES (:area, :id, :item, :state, :reason, :by, :at)
ON CONFLICT (area_id, group_id, item) DO UPDATE SET state = excluded.state, reason = excluded.reason, by_id = excluded.by_id, at = excluded.at;

-- query: group_tick_clear :exec
-- in: area int, id group_id, item text
DELETE FROM group_tick WHERE area_id = :area AND group_id = :id AND item = :item;

-- query: group_todo_records :many
-- Sessions of the user's groups whose day has passed without a record.
-- in: area int, me user_id, today date
-- out: group group_id, no text, name text, number int, on date
SELECT g.id, g.no, g.name, s.number, s.on_date
  FROM groupfile g JOIN group_session s ON s.area_id = g.area_id AND s.group_id = g.id AND s.state = 'planned' AND s.on_date <= :today
 WHERE g.area_id = :area AND g.leader_id = :me AND g.state NOT IN ('archived', 'cancelled', 'stopped')
 ORDER BY s.on_date, s.id LIMIT 20;

-- query: group_todo_reviews :many
-- Forms of groups that wait for an answer: for the supervisor of the group, and without one for the head of its station.
-- in: area int, me user_id, unit unit_id
-- out: group group_id, no text, name text, doc doc_id, form text, seq int, submitted_at time?, leader_name text
-- filter: supervisor  g.supervisor_id = :me
-- filter: head        g.supervisor_id IS NULL AND g.leader_id <> :me AND g.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
SELECT g.id, g.no, g.name, f.id, f.form, f.seq, f.submitted_at, l.name
  FROM groupfile g
  JOIN group_form f ON f.area_id = g.area_id AND f.group_id = g.id AND f.status = 'submitted' AND f.current = 1
  JOIN account l ON l.id = g.leader_id
 WHERE g.area_id = :area AND g.state NOT IN ('archived', 'cancelled', 'stopped') AND f.form <> 'J'
   AND NOT EXISTS (
       SELECT 1 FROM group_member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
        WHERE m.area_id = g.area_id AND m.group_id = g.id AND p.level >= 4 AND NOT EXISTS (
              SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
   /*filter*/
 ORDER BY f.submitted_at, f.id LIMIT 20;
