-- query: member_pledged :one
-- Has he signed the pledge of professional ethics, and need not sign it anew yet (MZT-09)?
-- in: area int, staff staff_id, day date
-- out: total int
SELECT count(*) FROM entry WHERE area_id = :area AND staff_id = :staff AND ledger = 'pledge' AND kind = 'ethics' AND on_date <= :day
   AND (until_on IS NULL OR until_on > :day) AND void_on IS NULL;

-- query: member_abilities :many
-- The newest score of each ability by each scorer (JL-16).
-- in: area int, staff staff_id
-- out: kind text, mode text, score int
SELECT e.kind, e.mode, e.amount FROM entry e
 WHERE e.area_id = :area AND e.staff_id = :staff AND e.ledger = 'ability' AND e.void_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.area_id = e.area_id AND n.staff_id = e.staff_id AND n.ledger = 'ability' AND n.kind = e.kind
                      AND n.mode = e.mode AND n.void_on IS NULL AND (n.on_date > e.on_date OR (n.on_date = e.on_date AND n.id > e.id)))
 ORDER BY e.kind, e.mode LIMIT 20;
