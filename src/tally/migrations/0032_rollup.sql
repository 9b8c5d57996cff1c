-- The sums of tally for each unit and all below it, so that a figure of a province is read like one of a station.  area_id is
-- the unit's own.  day '' holds the running total of "case.state:…"; "person.month", "person.quarter" and "person.year"
-- count a person on the first day of the period on which the unit or one below it served him.
CREATE TABLE tally_up (
    area_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    day TEXT NOT NULL,
    measure TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (area_id, unit_id, day, measure)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX served_person ON served (area_id, person_id, day, unit_id);

INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT a.area_id, a.id, t.day, t.measure, sum(t.n)
  FROM tally t JOIN unit_closure c ON c.descendant_id = t.unit_id JOIN unit a ON a.id = c.ancestor_id
 GROUP BY a.area_id, a.id, t.day, t.measure;
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT area_id, unit_id, '', measure, sum(n) FROM tally_up WHERE measure LIKE 'case.state:%' GROUP BY area_id, unit_id, measure;
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT f.area, f.unit, f.first, f.measure, count(*)
  FROM (SELECT a.area_id AS area, a.id AS unit, s.area_id AS at, s.person_id, k.measure AS measure, min(s.day) AS first
          FROM served s JOIN unit_closure c ON c.descendant_id = s.unit_id JOIN unit a ON a.id = c.ancestor_id
         CROSS JOIN (SELECT 'person.month' AS measure UNION ALL SELECT 'person.quarter' UNION ALL SELECT 'person.year') k
         GROUP BY a.area_id, a.id, s.area_id, s.person_id, k.measure,
              CASE k.measure WHEN 'person.month' THEN substr(s.day, 1, 7) WHEN 'person.year' THEN substr(s.day, 1, 4)
              ELSE substr(s.day, 1, 5) || CASE WHEN substr(s.day, 6, 2) < '04' THEN '1' WHEN substr(s.day, 6, 2) < '07' THEN '2'
                                               WHEN substr(s.day, 6, 2) < '10' THEN '3' ELSE '4' END END) f
 GROUP BY f.area, f.unit, f.first, f.measure;
