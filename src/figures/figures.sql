-- Every figure is read from the sums of its unit (tally_up: area_id is the unit's own), by the key (area_id, unit_id, day, measure):
-- whole months from the rows of months ("m2026-11"), what is left of the last one from the rows of its days.
-- Persons are counted on the first day of a month, quarter or year on which they were served, so the sum from its beginning is the
-- number of different persons; for other periods they are counted in "served".  The filter "area" is on for a unit of a
-- county or below: then all lies on one shard.

-- query: figures_sums :many
-- What happened in a period and in the one before it, by measure.
-- in: area int, top unit_id, months text, months_to text, days text, days_to text
-- in: was_months text, was_months_to text, was_days text, was_days_to text
-- out: measure text, now int, was int
SELECT t.measure, CAST(SUM(CASE r.now WHEN 1 THEN t.n ELSE 0 END) AS BIGINT), CAST(SUM(CASE r.now WHEN 1 THEN 0 ELSE t.n END) AS BIGINT)
  FROM (SELECT 1 AS now, CAST(:months AS TEXT) AS lo, CAST(:months_to AS TEXT) AS hi
        UNION ALL SELECT 1, :days, :days_to
        UNION ALL SELECT 0, :was_months, :was_months_to
        UNION ALL SELECT 0, :was_days, :was_days_to) r
  JOIN tally_up t ON t.area_id = :area AND t.unit_id = :top AND t.day >= r.lo AND t.day <= r.hi
 WHERE t.measure NOT LIKE 'case.state:%'
 GROUP BY t.measure ORDER BY t.measure;

-- query: figures_states :many
-- How many cases stood in which state at the end of a day and of an earlier one: the running total less what came after.
-- in: area int, top unit_id, to date, was_to date
-- out: measure text, now int, was int
SELECT t.measure, CAST(SUM(CASE WHEN t.day = '' THEN t.n WHEN t.day > :to THEN -t.n ELSE 0 END) AS BIGINT),
       CAST(SUM(CASE WHEN t.day = '' THEN t.n ELSE -t.n END) AS BIGINT)
  FROM tally_up t
 WHERE t.area_id = :area AND t.unit_id = :top AND (t.day = '' OR (t.day > :was_to AND t.day < 'm')) AND t.measure LIKE 'case.state:%'
 GROUP BY t.measure ORDER BY t.measure;

-- query: figures_persons :one
-- How many different persons were served (人数) between any two days.
-- in: area int, top unit_id, from date, to date, was_from date, was_to date
-- out: now int, was int
-- filter: area  s.area_id = :area
SELECT count(DISTINCT CASE WHEN s.day >= :from AND s.day <= :to THEN s.person_id END),
       count(DISTINCT CASE WHEN s.day >= :was_from AND s.day <= :was_to THEN s.person_id END)
  FROM unit_closure c
  JOIN unit u ON u.id = c.descendant_id
  JOIN served s ON s.area_id = u.area_id AND s.unit_id = u.id AND s.day >= :was_from AND s.day <= :to /*filter*/
 WHERE c.ancestor_id = :top;

-- query: figures_months :many
-- in: area int, top unit_id, months text, months_to text, days text, days_to text
-- out: month text, measure text, total int
SELECT substr(replace(t.day, 'm', ''), 1, 7), t.measure, CAST(SUM(t.n) AS BIGINT)
  FROM (SELECT CAST(:months AS TEXT) AS lo, CAST(:months_to AS TEXT) AS hi UNION ALL SELECT :days, :days_to) r
  JOIN tally_up t ON t.area_id = :area AND t.unit_id = :top AND t.day >= r.lo AND t.day <= r.hi
 WHERE t.measure IN ('contact', 'case.opened', 'case.closed')
 GROUP BY substr(replace(t.day, 'm', ''), 1, 7), t.measure ORDER BY 1, 2;

-- query: figures_units :many
-- The same for each unit directly below (with all that is below it).
-- in: area int, top unit_id, months text, months_to text, days text, days_to text, person text
-- out: id unit_id, name text, code text, measure text?, total int
-- filter: area  t.area_id = :area
SELECT k.id, k.name, k.code, s.measure, CAST(COALESCE(SUM(s.n), 0) AS BIGINT)
  FROM unit k
  LEFT JOIN (SELECT t.unit_id AS unit_id, t.measure AS measure, t.n AS n
               FROM unit b
              CROSS JOIN (SELECT CAST(:months AS TEXT) AS lo, CAST(:months_to AS TEXT) AS hi UNION ALL SELECT :days, :days_to) r
               JOIN tally_up t ON t.area_id = b.area_id AND t.unit_id = b.id AND t.day >= r.lo AND t.day <= r.hi
                    AND t.measure IN ('contact', 'minutes', 'case.opened', 'case.closed', :person) /*filter*/
              WHERE b.parent_id = :top) s ON s.unit_id = k.id
 WHERE k.parent_id = :top
 GROUP BY k.id, k.name, k.code, s.measure ORDER BY k.code, s.measure LIMIT 20000;

-- query: figures_unit_states :many
-- in: area int, top unit_id, to date
-- out: id unit_id, measure text, total int
-- filter: area  t.area_id = :area
SELECT k.id, t.measure, CAST(SUM(CASE WHEN t.day = '' THEN t.n ELSE -t.n END) AS BIGINT)
  FROM unit k
  JOIN tally_up t ON t.area_id = k.area_id AND t.unit_id = k.id AND (t.day = '' OR (t.day > :to AND t.day < 'm')) AND t.measure LIKE 'case.state:%' /*filter*/
 WHERE k.parent_id = :top
 GROUP BY k.id, t.measure ORDER BY k.id LIMIT 20000;

-- query: figures_unit_persons :many
-- in: area int, top unit_id, from date, to date
-- out: id unit_id, total int
-- filter: area  s.area_id = :area
SELECT k.id, count(DISTINCT s.person_id)
  FROM unit k
  JOIN unit_closure c ON c.ancestor_id = k.id
  JOIN unit u ON u.id = c.descendant_id
  JOIN served s ON s.area_id = u.area_id AND s.unit_id = u.id AND s.day >= :from AND s.day <= :to /*filter*/
 WHERE k.parent_id = :top
 GROUP BY k.id ORDER BY k.id LIMIT 1000;

-- query: figures_offered :many
-- The units whose figures a user may choose: his own and what lies two levels below.
-- in: top unit_id
-- out: id unit_id, name text, depth int
SELECT u.id, u.name, c.depth FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top AND c.depth <= 2 AND u.closed_on IS NULL ORDER BY c.depth, u.code LIMIT 300;
