-- query: rollup_lock :many
-- On PostgreSQL, who counts in the same tree waits here for the others, instead of in a circle with them.
-- in: unit unit_id
-- out: id int
-- sqlite: SELECT 0 WHERE :unit < 0;
-- postgres: SELECT 1 FROM (SELECT pg_advisory_xact_lock(c.ancestor_id) FROM unit_closure c WHERE c.descendant_id = :unit ORDER BY c.depth DESC LIMIT 1) l;

-- query: rollup_add :exec
-- One counter of a unit and of all above it, by the day and by the month ("m2026-11").
-- in: unit unit_id, day date, measure text, by int
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT u.area_id, u.id, k.day, :measure, :by
  FROM unit_closure c JOIN unit u ON u.id = c.ancestor_id
 CROSS JOIN (SELECT CAST(:day AS TEXT) AS day UNION ALL SELECT 'm' || substr(CAST(:day AS TEXT), 1, 7)) k
 WHERE c.descendant_id = :unit
ON CONFLICT (area_id, unit_id, day, measure) DO UPDATE SET n = tally_up.n + excluded.n;

-- query: rollup_stand :exec
-- The running total of a state, of the unit and of all above it.
-- in: unit unit_id, measure text, by int
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT u.area_id, u.id, '', :measure, :by FROM unit_closure c JOIN unit u ON u.id = c.ancestor_id WHERE c.descendant_id = :unit
ON CONFLICT (area_id, unit_id, day, measure) DO UPDATE SET n = tally_up.n + excluded.n;

-- query: rollup_firsts :many
-- The first day on which a person was served in the month, the quarter and the year, by each of a unit and those above it.
-- in: area int, unit unit_id, person person_id, month date, month_end date, quarter date, quarter_end date, year date, year_end date
-- out: above unit_id, above_area int, month date?, quarter date?, year date?
SELECT u.id, u.area_id, min(CASE WHEN s.day >= :month AND s.day <= :month_end THEN s.day END),
       min(CASE WHEN s.day >= :quarter AND s.day <= :quarter_end THEN s.day END), min(s.day)
  FROM unit_closure c
  JOIN unit u ON u.id = c.ancestor_id
  LEFT JOIN (SELECT k.ancestor_id AS above, v.day AS day FROM served v JOIN unit_closure k ON k.descendant_id = v.unit_id
              WHERE v.area_id = :area AND v.person_id = :person AND v.day >= :year AND v.day <= :year_end) s ON s.above = u.id
 WHERE c.descendant_id = :unit
 GROUP BY u.id, u.area_id, c.depth ORDER BY c.depth;

-- query: rollup_put :exec
-- in: area int, unit unit_id, day date, measure text, by int
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT :area, :unit, k.day, :measure, :by
  FROM (SELECT CAST(:day AS TEXT) AS day UNION ALL SELECT 'm' || substr(CAST(:day AS TEXT), 1, 7)) k WHERE true
ON CONFLICT (area_id, unit_id, day, measure) DO UPDATE SET n = tally_up.n + excluded.n;

-- query: rollup_hang :exec
-- All sums of a unit are added to those above it (by: 1), or taken away (-1), but for the persons.
-- in: area int, unit unit_id, by int
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT u.area_id, u.id, t.day, t.measure, t.n * :by
  FROM tally_up t JOIN unit_closure c ON c.descendant_id = t.unit_id AND c.depth > 0 JOIN unit u ON u.id = c.ancestor_id
 WHERE t.area_id = :area AND t.unit_id = :unit AND t.measure NOT LIKE 'person.%'
ON CONFLICT (area_id, unit_id, day, measure) DO UPDATE SET n = tally_up.n + excluded.n;

-- query: rollup_registered :exec
-- The same for the registrations, which add up although they are called "person".
-- in: area int, unit unit_id, by int
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT u.area_id, u.id, t.day, t.measure, t.n * :by
  FROM tally_up t JOIN unit_closure c ON c.descendant_id = t.unit_id AND c.depth > 0 JOIN unit u ON u.id = c.ancestor_id
 WHERE t.area_id = :area AND t.unit_id = :unit AND t.measure = 'person.registered'
ON CONFLICT (area_id, unit_id, day, measure) DO UPDATE SET n = tally_up.n + excluded.n;

-- query: rollup_above :many
-- A unit and those above it.
-- in: unit unit_id
-- out: id unit_id, area int, division text
SELECT u.id, u.area_id, u.division FROM unit_closure c JOIN unit u ON u.id = c.ancestor_id WHERE c.descendant_id = :unit ORDER BY c.depth;

-- query: rollup_persons_clear :exec
-- in: area int, unit unit_id
DELETE FROM tally_up WHERE area_id = :area AND unit_id = :unit AND measure IN ('person.month', 'person.quarter', 'person.year');

-- query: rollup_persons_count :exec
-- The persons of a unit and those below it, counted anew.  county: of a unit of a county or below.
-- in: area int, unit unit_id, county int
-- filter: area  s.area_id = :county
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT :area, :unit, f.first, f.measure, count(*)
  FROM (SELECT s.area_id, s.person_id, k.measure AS measure, min(s.day) AS first
          FROM unit_closure c
          JOIN unit u ON u.id = c.descendant_id
          JOIN served s ON s.area_id = u.area_id AND s.unit_id = u.id /*filter*/
         CROSS JOIN (SELECT 'person.month' AS measure UNION ALL SELECT 'person.quarter' UNION ALL SELECT 'person.year') k
         WHERE c.ancestor_id = :unit
         GROUP BY s.area_id, s.person_id, k.measure,
              CASE k.measure WHEN 'person.month' THEN substr(s.day, 1, 7) WHEN 'person.year' THEN substr(s.day, 1, 4)
              ELSE substr(s.day, 1, 5) || CASE WHEN substr(s.day, 6, 2) < '04' THEN '1' WHEN substr(s.day, 6, 2) < '07' THEN '2'
                                               WHEN substr(s.day, 6, 2) < '10' THEN '3' ELSE '4' END END) f
 GROUP BY f.first, f.measure;

-- query: rollup_persons_months :exec
-- After rollup_persons_count: the sums of the months.
-- in: area int, unit unit_id
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT area_id, unit_id, 'm' || substr(day, 1, 7), measure, sum(n) FROM tally_up
 WHERE area_id = :area AND unit_id = :unit AND measure IN ('person.month', 'person.quarter', 'person.year')
 GROUP BY area_id, unit_id, substr(day, 1, 7), measure;

-- query: rollup_differences :many
-- Where the sums differ from the counters and from who was served.
-- out: area int, unit unit_id, day text, measure text, kept int, counted int
SELECT area_id, unit_id, day, measure, CAST(SUM(kept) AS BIGINT), CAST(SUM(counted) AS BIGINT)
  FROM (SELECT area_id, unit_id, day, measure, n AS kept, 0 AS counted FROM tally_up
        UNION ALL
        SELECT a.area_id, a.id, t.day, t.measure, 0, t.n
          FROM tally t JOIN unit_closure c ON c.descendant_id = t.unit_id JOIN unit a ON a.id = c.ancestor_id
        UNION ALL
        SELECT a.area_id, a.id, 'm' || substr(t.day, 1, 7), t.measure, 0, t.n
          FROM tally t JOIN unit_closure c ON c.descendant_id = t.unit_id JOIN unit a ON a.id = c.ancestor_id
        UNION ALL
        SELECT a.area_id, a.id, '', t.measure, 0, t.n
          FROM tally t JOIN unit_closure c ON c.descendant_id = t.unit_id JOIN unit a ON a.id = c.ancestor_id WHERE t.measure LIKE 'case.state:%'
        UNION ALL
        SELECT f.area, f.unit, CASE m.month WHEN 1 THEN 'm' || substr(f.first, 1, 7) ELSE f.first END, f.measure, 0, 1
          FROM (SELECT a.area_id AS area, a.id AS unit, s.area_id AS at, s.person_id, k.measure AS measure, min(s.day) AS first
                  FROM served s JOIN unit_closure c ON c.descendant_id = s.unit_id JOIN unit a ON a.id = c.ancestor_id
                 CROSS JOIN (SELECT 'person.month' AS measure UNION ALL SELECT 'person.quarter' UNION ALL SELECT 'person.year') k
                 GROUP BY a.area_id, a.id, s.area_id, s.person_id, k.measure,
              CASE k.measure WHEN 'person.month' THEN substr(s.day, 1, 7) WHEN 'person.year' THEN substr(s.day, 1, 4)
              ELSE substr(s.day, 1, 5) || CASE WHEN substr(s.day, 6, 2) < '04' THEN '1' WHEN substr(s.day, 6, 2) < '07' THEN '2'
                                               WHEN substr(s.day, 6, 2) < '10' THEN '3' ELSE '4' END END) f
         CROSS JOIN (SELECT 0 AS month UNION ALL SELECT 1) m) counts
 GROUP BY area_id, unit_id, day, measure
HAVING SUM(kept) <> SUM(counted)
 ORDER BY area_id, unit_id, day, measure LIMIT 1000;
