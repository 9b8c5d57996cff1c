-- query: person_cases :many
-- The cases of a person; those of level S4 only for whoever works on them.
-- in: area int, id person_id, me user_id
-- out: id case_id, no text, state text, grade text, level int, opened_on date, closed_on date?, worker_name text?
SELECT f.id, f.no, f.state, f.grade, f.level, f.opened_on, f.closed_on, a.name
  FROM casefile f LEFT JOIN account a ON a.id = f.worker_id
 WHERE f.area_id = :area AND f.person_id = :id
   AND (f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me OR EXISTS (SELECT 1 FROM case_named n
        WHERE n.area_id = f.area_id AND n.case_id = f.id AND n.account_id = :me))
 ORDER BY f.opened_on DESC, f.id DESC LIMIT 100;

-- query: person_axis_dated :many
-- What has a day: categories, households, moves, contacts, consents.
-- in: area int, id person_id
-- out: on date, kind text, code text, label text?, ref int
SELECT g.from_on, 'category', g.category, NULL, 0 FROM person_category g WHERE g.area_id = :area AND g.person_id = :id
UNION ALL
SELECT g.to_on, 'category_end', g.category, NULL, 0 FROM person_category g WHERE g.area_id = :area AND g.person_id = :id AND g.to_on IS NOT NULL
UNION ALL
SELECT m.from_on, 'member', m.relation, h.no, h.id FROM member m JOIN household h ON h.area_id = m.area_id AND h.id = m.household_id
 WHERE m.area_id = :area AND m.person_id = :id
UNION ALL
SELECT m.to_on, 'member_end', m.relation, h.no, h.id FROM member m JOIN household h ON h.area_id = m.area_id AND h.id = m.household_id
 WHERE m.area_id = :area AND m.person_id = :id AND m.to_on IS NOT NULL
UNION ALL
SELECT v.on_date, 'move', '', u.name, 0 FROM person_move v JOIN unit u ON u.id = v.to_unit_id WHERE v.area_id = :area AND v.person_id = :id
UNION ALL
SELECT t.from_on, 'contact', t.kind, t.name, 0 FROM contact t WHERE t.area_id = :area AND t.person_id = :id
UNION ALL
SELECT s.given_on, 'consent', s.kind, s.given_by, 0 FROM consent s WHERE s.area_id = :area AND s.person_id = :id
UNION ALL
SELECT s.withdrawn_on, 'withdrawn', s.kind, s.given_by, 0 FROM consent s WHERE s.area_id = :area AND s.person_id = :id AND s.withdrawn_on IS NOT NULL
 ORDER BY 1 DESC LIMIT 300;

-- query: person_axis_cases :many
-- What happened in his cases.
-- in: area int, id person_id, me user_id
-- out: at time, kind text, code text?, no text, ref int
SELECT e.at, e.kind, e.to_state, f.no, f.id
  FROM casefile f JOIN case_event e ON e.area_id = f.area_id AND e.case_id = f.id
 WHERE f.area_id = :area AND f.person_id = :id
   AND (f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me OR EXISTS (SELECT 1 FROM case_named n
        WHERE n.area_id = f.area_id AND n.case_id = f.id AND n.account_id = :me))
UNION ALL
SELECT r.start_at, 'record', r.kind, f.no, f.id
  FROM case_record r JOIN casefile f ON f.area_id = r.area_id AND f.id = r.case_id
 WHERE r.area_id = :area AND r.person_id = :id
   AND (f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me OR EXISTS (SELECT 1 FROM case_named n
        WHERE n.area_id = f.area_id AND n.case_id = f.id AND n.account_id = :me))
 ORDER BY 1 DESC LIMIT 300;

-- query: person_axis_groups :many
-- When he joined and left groups; a group with a member of level S4 only for its leader and whoever may know him.
-- in: area int, id person_id, me user_id
-- out: on date, kind text, name text, ref int
SELECT m.joined_on, 'group', g.name, g.id
  FROM group_member m JOIN groupfile g ON g.area_id = m.area_id AND g.id = m.group_id
 WHERE m.area_id = :area AND m.person_id = :id AND m.joined_on IS NOT NULL
   AND (g.leader_id = :me OR NOT EXISTS (
        SELECT 1 FROM group_member o JOIN person p ON p.area_id = o.area_id AND p.id = o.person_id
         WHERE o.area_id = g.area_id AND o.group_id = g.id AND p.level >= 4 AND NOT EXISTS (
               SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)))
UNION ALL
SELECT m.left_on, 'group_end', g.name, g.id
  FROM group_member m JOIN groupfile g ON g.area_id = m.area_id AND g.id = m.group_id
 WHERE m.area_id = :area AND m.person_id = :id AND m.left_on IS NOT NULL
   AND (g.leader_id = :me OR NOT EXISTS (
        SELECT 1 FROM group_member o JOIN person p ON p.area_id = o.area_id AND p.id = o.person_id
         WHERE o.area_id = g.area_id AND o.group_id = g.id AND p.level >= 4 AND NOT EXISTS (
               SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)))
 ORDER BY 1 DESC LIMIT 100;
