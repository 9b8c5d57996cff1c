-- The figures that rules are made of, as of a day: each query gives a figure, or several of one kind, for all units at once; a
-- unit's figure is that of its subtree through the closure table.  data/metrics.json names the columns.  With the filter "one"
-- they are those of a single unit.

-- query: metric_staff :many
-- Who works full time in social work; whoever holds a post as assistant or intern does not count (JL-39).
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, workers int, full_time int, certified int, qualified int, senior int, middle int, junior int, graduates int
-- filter: one  c.ancestor_id = :unit
SELECT c.ancestor_id, count(*), sum(CASE WHEN t.employment = 'full' THEN 1 ELSE 0 END),
       sum(CASE WHEN t.employment = 'full' AND t.held IS NOT NULL THEN 1 ELSE 0 END),
       sum(CASE WHEN t.employment = 'full' AND (t.held IS NOT NULL OR (t.major LIKE '%社会工作%' AND substr(t.education, 1, 1) IN ('1', '2', '3')))
                THEN 1 ELSE 0 END),
       sum(CASE WHEN t.held = '3' THEN 1 ELSE 0 END), sum(CASE WHEN t.held = '2' THEN 1 ELSE 0 END),
       sum(CASE WHEN t.held = '1' THEN 1 ELSE 0 END),
       sum(CASE WHEN t.employment = 'full' AND substr(t.education, 1, 1) IN ('1', '2') THEN 1 ELSE 0 END)
  FROM unit_closure c
  JOIN unit u ON u.id = c.descendant_id
  JOIN (SELECT s.area_id, s.unit_id, s.employment, s.major, s.education,
               (SELECT max(k.level) FROM certificate k WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day) AS held
          FROM staff s
         WHERE s.started_on <= :day AND (s.left_on IS NULL OR s.left_on > :day)
           AND NOT EXISTS (SELECT 1 FROM post p WHERE p.area_id = s.area_id AND p.staff_id = s.id AND p.kind IN ('assistant', 'intern')
                              AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day))) t
    ON t.area_id = u.area_id AND t.unit_id = u.id
 WHERE u.opened_on <= :day /*filter*/
 GROUP BY c.ancestor_id;

-- query: metric_posts :many
-- Who holds a post of a kind; a person counts once for a kind.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, heads int, supervisors int, worker_posts int, affairs_posts int, service_posts int
-- filter: one  c.ancestor_id = :unit
SELECT c.ancestor_id, count(DISTINCT CASE WHEN p.kind = 'head' THEN p.staff_id END),
       count(DISTINCT CASE WHEN p.kind = 'supervisor' THEN p.staff_id END),
       count(DISTINCT CASE WHEN p.kind = 'worker' THEN p.staff_id END),
       count(DISTINCT CASE WHEN p.kind = 'affairs' THEN p.staff_id END),
       count(DISTINCT CASE WHEN p.kind = 'service' THEN p.staff_id END)
  FROM unit_closure c
  JOIN unit u ON u.id = c.descendant_id
  JOIN post p ON p.area_id = u.area_id AND p.unit_id = u.id
  JOIN staff s ON s.area_id = p.area_id AND s.id = p.staff_id
 WHERE p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day) AND (s.left_on IS NULL OR s.left_on > :day) /*filter*/
 GROUP BY c.ancestor_id;

-- query: metric_tree :many
-- The units that are open in a subtree, by level.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, centres int, stations int, points int, pilots int
-- filter: one  c.ancestor_id = :unit
SELECT c.ancestor_id, sum(CASE WHEN u.level = 'county' THEN 1 ELSE 0 END), sum(CASE WHEN u.level = 'station' THEN 1 ELSE 0 END),
       sum(CASE WHEN u.level = 'point' THEN 1 ELSE 0 END),
       sum(CASE WHEN u.level = 'station' AND (SELECT f.value FROM unit_fact f WHERE f.area_id = u.area_id AND f.unit_id = u.id
                AND f.fact = 'pilot' AND f.from_on <= :day ORDER BY f.from_on DESC LIMIT 1) = '1' THEN 1 ELSE 0 END)
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE u.opened_on <= :day AND (u.closed_on IS NULL OR u.closed_on > :day) /*filter*/
 GROUP BY c.ancestor_id;

-- query: metric_unit :many
-- What stands on the unit itself.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, has_hotline int, has_office int, has_parent int, children int, urban int?, own_supervisors int, own_worker_posts int
-- filter: one  u.id = :unit
SELECT u.id, CASE WHEN u.hotline <> '' THEN 1 ELSE 0 END, CASE WHEN u.address <> '' THEN 1 ELSE 0 END,
       CASE WHEN u.parent_id IS NOT NULL THEN 1 ELSE 0 END,
       (SELECT count(*) FROM unit k WHERE k.parent_id = u.id AND k.closed_on IS NULL),
       CASE WHEN d.class LIKE '1%' THEN 1 WHEN d.class LIKE '2%' THEN 0 END,
       (SELECT count(DISTINCT p.staff_id) FROM post p WHERE p.area_id = u.area_id AND p.unit_id = u.id AND p.kind = 'supervisor'
           AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day)),
       (SELECT count(DISTINCT p.staff_id) FROM post p WHERE p.area_id = u.area_id AND p.unit_id = u.id AND p.kind = 'worker'
           AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day))
  FROM unit u LEFT JOIN division d ON d.code = u.division
 WHERE u.opened_on <= :day /*filter*/;

-- query: metric_townships :many
-- The townships of the county or city that a unit works in.  "+ 0" keeps SQLite from an index of its own over all divisions.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, townships int
-- filter: one  u.id = :unit
SELECT u.id, count(*)
  FROM unit u
  JOIN division d ON d.code >= u.division
   AND d.code <= CASE WHEN substr(u.division, 3) = '0000000000' THEN substr(u.division, 1, 2) || '9999999999'
                      WHEN substr(u.division, 5) = '00000000' THEN substr(u.division, 1, 4) || '99999999'
                      ELSE substr(u.division, 1, 6) || '999999' END
 WHERE substr(u.division, 7) = '000000' AND u.level <> 'area' AND d.level + 0 = 4
   AND (d.valid_to IS NULL OR d.valid_to > :day) /*filter*/
 GROUP BY u.id;

-- query: metric_villages :many
-- The villages and communities of a township, and how its points serve them.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, villages int, villages_unserved int, villages_double int, farthest_minutes int?, villages_unmeasured int
-- filter: one  u.id = :unit
SELECT t.unit_id, count(*), sum(CASE WHEN t.points = 0 THEN 1 ELSE 0 END), sum(CASE WHEN t.points > 1 THEN 1 ELSE 0 END),
       max(t.minutes), sum(CASE WHEN t.minutes IS NULL THEN 1 ELSE 0 END)
  FROM (SELECT u.id AS unit_id, d.code, count(p.id) AS points, min(CASE WHEN p.id IS NOT NULL THEN v.minutes END) AS minutes
          FROM unit u
         CROSS JOIN division d
          LEFT JOIN unit_village v ON v.division = d.code AND v.from_on <= :day AND (v.to_on IS NULL OR v.to_on > :day)
          LEFT JOIN unit p ON p.id = v.unit_id AND (p.closed_on IS NULL OR p.closed_on > :day)
         WHERE d.code > u.division AND d.code <= substr(u.division, 1, 9) || '999' AND d.level + 0 = 5 AND u.division LIKE '%000' AND u.division NOT LIKE '%000000' AND (d.valid_to IS NULL OR d.valid_to > :day) /*filter*/
         GROUP BY u.id, d.code) t
 GROUP BY t.unit_id;

-- query: metric_workers :many
-- Everybody in service on the day, one by one; a head of a general station or an area centre is marked (NH-11).
-- anyarea: the staff of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, worker staff_id, full_time int, has_certificate int, social_work_major int, education int?, political text?
-- out: service_from text?, entry_on text, registered_until text?, heads_centre int
-- filter: one  u.id = :unit
SELECT s.unit_id, s.id, CASE WHEN s.employment = 'full' THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM certificate k WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day) THEN 1 ELSE 0 END,
       CASE WHEN s.major LIKE '%社会工作%' THEN 1 ELSE 0 END, CAST(substr(NULLIF(s.education, ''), 1, 1) AS INTEGER), s.political,
       s.service_from, s.started_on,
       (SELECT max(k.valid_to) FROM certificate k WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day),
       CASE WHEN EXISTS (SELECT 1 FROM post p JOIN unit h ON h.id = p.unit_id
                          WHERE p.area_id = s.area_id AND p.staff_id = s.id AND p.kind = 'head' AND h.level IN ('general', 'area')
                            AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day)) THEN 1 ELSE 0 END
  FROM unit u JOIN staff s ON s.area_id = u.area_id AND s.unit_id = u.id
 WHERE s.started_on <= :day AND (s.left_on IS NULL OR s.left_on > :day)
   AND NOT EXISTS (SELECT 1 FROM post p WHERE p.area_id = s.area_id AND p.staff_id = s.id AND p.kind IN ('assistant', 'intern')
                      AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day)) /*filter*/
 ORDER BY s.unit_id, s.id;

-- query: metric_facts :many
-- What was entered, the newest value of each fact on the day; with one unit, of those above it too.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, fact text, value text
-- filter: one  f.unit_id IN (SELECT ancestor_id FROM unit_closure WHERE descendant_id = :unit)
SELECT f.unit_id, f.fact, f.value
  FROM unit u JOIN unit_fact f ON f.area_id = u.area_id AND f.unit_id = u.id
 WHERE f.from_on <= :day
   AND NOT EXISTS (SELECT 1 FROM unit_fact g WHERE g.area_id = f.area_id AND g.unit_id = f.unit_id AND g.fact = f.fact
                      AND g.from_on > f.from_on AND g.from_on <= :day) /*filter*/
 ORDER BY f.unit_id;
