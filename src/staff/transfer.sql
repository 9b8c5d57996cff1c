-- query: transfer_cases :many
-- The open cases of a member of staff, through his account.
-- in: area int, staff staff_id
-- out: id case_id, account user_id
SELECT f.id, f.worker_id FROM account a JOIN casefile f ON f.area_id = :area AND f.worker_id = a.id
   AND f.state IN ('intake', 'assessment', 'planning', 'intervention', 'evaluation', 'closing', 'suspended')
 WHERE a.staff_id = :staff ORDER BY f.id LIMIT 1000;

-- query: transfer_account :one
-- The account with which a member of staff can be responsible for cases.
-- in: staff staff_id
-- out: id user_id
SELECT id FROM account WHERE staff_id = :staff AND role IN ('worker', 'head') AND closed_on IS NULL ORDER BY id LIMIT 1;

-- query: transfer_empty :one
-- How many service places have nobody else; how many service posts he holds.
-- in: area int, staff staff_id, day date
-- out: empty int, posts int
SELECT COALESCE(sum(CASE WHEN NOT EXISTS (SELECT 1 FROM post q WHERE q.area_id = p.area_id AND q.unit_id = p.unit_id AND q.kind IN ('service', 'worker')
                    AND q.staff_id <> p.staff_id AND q.from_on <= :day AND (q.to_on IS NULL OR q.to_on > :day)) THEN 1 ELSE 0 END), 0), count(*)
  FROM post p WHERE p.area_id = :area AND p.staff_id = :staff AND p.kind = 'service' AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day);

-- query: transfer_posts :many
-- The posts that he holds on a day.
-- in: area int, staff staff_id, day date
-- out: id post_id, unit unit_id, kind text, from_on date
SELECT id, unit_id, kind, from_on FROM post WHERE area_id = :area AND staff_id = :staff AND from_on <= :day AND (to_on IS NULL OR to_on > :day)
 ORDER BY id LIMIT 20;

-- query: transfer_post :exec
-- in: area int, id post_id, unit unit_id, staff staff_id, kind text, from_on date, to_on date?
INSERT INTO post (area_id, id, unit_id, staff_id, kind, from_on, to_on) VALUES (:area, :id, :unit, :staff, :kind, :from_on, :to_on);

-- query: transfer_home :exec
-- in: area int, staff staff_id, unit unit_id
UPDATE staff SET unit_id = :unit, version = version + 1 WHERE area_id = :area AND id = :staff;
