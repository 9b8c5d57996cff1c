-- query: hours_by_kind :many
-- The hours of training of a member of staff in a period, by subject; a degree is counted apart.
-- in: area int, staff staff_id, from_on date, to_on date
-- out: kind text, hours int, degrees int
SELECT kind, sum(CASE WHEN mode = 'degree' THEN 0 ELSE amount END), sum(CASE WHEN mode = 'degree' THEN 1 ELSE 0 END)
  FROM entry WHERE area_id = :area AND staff_id = :staff AND ledger = 'training' AND on_date >= :from_on AND on_date < :to_on AND void_on IS NULL
 GROUP BY kind ORDER BY kind;

-- query: hours_period :one
-- The newest registration that began by a day, and the highest level held on it.
-- in: area int, staff staff_id, day date
-- out: registered_on date?, level text?
SELECT max(CASE WHEN registered_on <= :day THEN registered_on END), max(level) FROM certificate
 WHERE area_id = :area AND staff_id = :staff AND issued_on <= :day;
