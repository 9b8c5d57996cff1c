-- query: change_cases :one
-- How many open cases the account of a member of staff is responsible for.
-- in: area int, staff staff_id
-- out: total int
SELECT count(*) FROM account a JOIN casefile f ON f.area_id = :area AND f.worker_id = a.id
   AND f.state IN ('intake', 'assessment', 'planning', 'intervention', 'evaluation', 'closing', 'suspended')
 WHERE a.staff_id = :staff;

-- query: change_supervision :exec
-- Who leaves supervises nobody and is supervised no longer.
-- in: area int, staff staff_id, day date
UPDATE entry SET until_on = :day, version = version + 1 WHERE area_id = :area AND ledger = 'supervision' AND (staff_id = :staff OR other_id = :staff)
   AND (until_on IS NULL OR until_on > :day) AND void_on IS NULL;

-- query: post_heads :one
-- How many head a unit on a day.
-- in: area int, unit unit_id, day date
-- out: total int
SELECT count(*) FROM post WHERE area_id = :area AND unit_id = :unit AND kind = 'head' AND from_on <= :day AND (to_on IS NULL OR to_on > :day);
