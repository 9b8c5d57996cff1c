-- query: minor_openings :many
-- Who opened files of those who were minors when the year began, from the trail: one row for each user and person.  Of a person of
-- level S4 the name is for who is named on him.  ground: of the last opening; who had a case once and handed it over was assigned.
-- in: area int, top unit_id, me user_id, born date, from_ time, to_ time, last_person int, last_account int, most int
-- out: person person_id, name text, level int, seen bool, account user_id, account_name text, role text?, times int, first time, last time, ground text
SELECT x.person_id, p.name, p.level, CASE WHEN p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id
              AND s.account_id = :me) THEN 1 ELSE 0 END,
       x.account_id, x.account_name, a.role, x.times, x.first_at, x.last_at,
       CASE WHEN EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND (f.worker_id = x.account_id OR f.supervisor_id = x.account_id
                           OR EXISTS (SELECT 1 FROM case_handover h WHERE h.area_id = f.area_id AND h.case_id = f.id AND h.from_id = x.account_id)
                           OR EXISTS (SELECT 1 FROM case_named n WHERE n.area_id = f.area_id AND n.case_id = f.id AND n.account_id = x.account_id)))
            THEN 'assigned'
            WHEN EXISTS (SELECT 1 FROM account_minor m WHERE m.account_id = x.account_id AND m.from_at <= x.last_at AND (m.ended_at IS NULL OR m.ended_at > x.last_at))
            THEN 'standing'
            WHEN EXISTS (SELECT 1 FROM access_grant g WHERE g.area_id = p.area_id AND g.person_id = p.id AND g.account_id = x.account_id
                            AND g.decided_at <= x.last_at) THEN 'once'
            WHEN a.role = 'head' THEN 'head' ELSE '' END
  FROM (SELECT o.person_id, o.account_id, max(o.account_name) AS account_name, count(*) AS times, min(o.at) AS first_at, max(o.at) AS last_at
          FROM (SELECT t.entity_id AS person_id, t.account_id, t.account_name, t.at FROM person q
                  JOIN audit t ON t.area_id = q.area_id AND t.entity = 'person' AND t.entity_id = q.id AND t.at >= :from_ AND t.at < :to_
                 WHERE q.area_id = :area AND q.born > :born AND q.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :top)
                   AND t.action IN ('read', 'reveal', 'print', 'break_glass')
                UNION ALL
                SELECT f.person_id, c.account_id, c.account_name, c.at FROM person r
                  JOIN casefile f ON f.area_id = r.area_id AND f.person_id = r.id
                  JOIN audit c ON c.area_id = f.area_id AND c.entity = 'case' AND c.entity_id = f.id AND c.at >= :from_ AND c.at < :to_
                 WHERE r.area_id = :area AND r.born > :born AND r.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :top)
                   AND c.action IN ('read', 'reveal', 'print', 'break_glass')) o
         WHERE o.account_id IS NOT NULL GROUP BY o.person_id, o.account_id) x
  JOIN person p ON p.area_id = :area AND p.id = x.person_id
  LEFT JOIN account a ON a.id = x.account_id
 WHERE x.person_id > :last_person OR (x.person_id = :last_person AND x.account_id > :last_account)
 ORDER BY x.person_id, x.account_id LIMIT :most;

-- query: minor_audits :many
-- What was signed of a unit and a year, the newest first.
-- in: area int, unit unit_id, year int
-- out: openings int, unapproved int, result text, finding text, at time, by_name text
SELECT m.openings, m.unapproved, m.result, m.finding, m.at, a.name FROM minor_audit m JOIN account a ON a.id = m.by_id
 WHERE m.area_id = :area AND m.unit_id = :unit AND m.year = :year ORDER BY m.at DESC LIMIT 20;

-- query: minor_audit_insert :exec
-- in: area int, id minor_audit_id, unit unit_id, year int, openings int, unapproved int, result text, finding text, at time, by user_id
INSERT INTO minor_audit (area_id, id, unit_id, year, openings, unapproved, result, finding, at, by_id)
VALUES (:area, :id, :unit, :year, :openings, :unapproved, :result, :finding, :at, :by);
