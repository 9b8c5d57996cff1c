-- The figures that rules are made of, as of a day: each query gives a figure, or several of one kind, for all units at once; a
-- unit's figure is that of its subtree through the closure table.  data/metrics.json names the columns.  With the filter "one"
-- they are those of a single unit.

-- query: metric_staff :many
-- Who works full time in social work; whoever holds a post as assistant or intern does not count (JL-39).
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, workers int, full_time int, certified int, qualified int, senior int, middle int, junior int, graduates int
-- filter: one  c.ancestor_id = :unit
-- filter: wide  +c.ancestor_id = :unit
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
       sum(CASE WHEN u.level = 'station' AND EXISTS (SELECT 1 FROM entry e WHERE e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = 'pilot'
                AND e.kind = 'pilot' AND e.void_on IS NULL AND e.on_date <= :day AND (e.until_on IS NULL OR e.until_on > :day)) THEN 1 ELSE 0 END)
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
-- The townships of the county or city that a unit works in, and those of them that have an open station (two in one count once).  "+ 0" keeps SQLite from an index of its own over all divisions.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, townships int, townships_served int
-- filter: one  u.id = :unit
SELECT u.id, count(*),
       sum(CASE WHEN EXISTS (SELECT 1 FROM unit s WHERE s.level = 'station' AND s.division = d.code AND s.opened_on <= :day
                                AND (s.closed_on IS NULL OR s.closed_on > :day)) THEN 1 ELSE 0 END)
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
-- Everybody in service on the day, one by one; a head of a general station or an area centre is marked (NH-11).  A week is the
-- last whole one, from Monday (TY-17); time is that of the last 30 days (TY-05); pay, guide wage and benchmark are the newest.
-- anyarea: the staff of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, worker staff_id, full_time int, has_certificate int, social_work_major int, education int?, political text?
-- out: service_from text?, entry_on text, registered_until text?, heads_centre int, pledge_on text?, onboarding_on text?, ethics_on text?
-- out: first_service_on text?, has_served int, online_minutes int, on_leave int, admin_minutes int?, all_minutes int?, has_supervisor int
-- out: days_since_session int?, session_interval int?, worker_pay int?, insured int?, guide_pay int?, benchmark_pay int?
-- filter: one  u.id = :unit
SELECT s.unit_id, s.id, CASE WHEN s.employment = 'full' THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM certificate k WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day) THEN 1 ELSE 0 END,
       CASE WHEN s.major LIKE '%社会工作%' THEN 1 ELSE 0 END, CAST(substr(NULLIF(s.education, ''), 1, 1) AS INTEGER), s.political,
       s.service_from, s.started_on,
       (SELECT max(k.valid_to) FROM certificate k WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day),
       CASE WHEN EXISTS (SELECT 1 FROM post p JOIN unit h ON h.id = p.unit_id
                          WHERE p.area_id = s.area_id AND p.staff_id = s.id AND p.kind = 'head' AND h.level IN ('general', 'area')
                            AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day)) THEN 1 ELSE 0 END,
       (SELECT min(e.on_date) FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'pledge' AND e.kind = 'service'
           AND e.on_date <= :day AND e.void_on IS NULL),
       (SELECT min(e.on_date) FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'training' AND e.kind = 'onboarding'
           AND e.on_date <= :day AND e.void_on IS NULL),
       (SELECT min(e.on_date) FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'training' AND e.kind = 'ethics'
           AND e.on_date <= :day AND e.void_on IS NULL),
       (SELECT min(r.on_date) FROM account a JOIN case_record r ON r.worker_id = a.id AND r.area_id = s.area_id
         WHERE a.staff_id = s.id AND r.on_date <= :day),
       CASE WHEN EXISTS (SELECT 1 FROM account a JOIN case_record r ON r.worker_id = a.id AND r.area_id = s.area_id
         WHERE a.staff_id = s.id AND r.on_date <= :day) THEN 1 ELSE 0 END,
       COALESCE((SELECT sum(e.amount) FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'course' AND e.kind = 'online'
           AND e.on_date BETWEEN w.monday AND w.sunday AND e.void_on IS NULL), 0),
       CASE WHEN EXISTS (SELECT 1 FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'course' AND e.kind = 'leave'
           AND e.on_date BETWEEN w.monday AND w.sunday AND e.void_on IS NULL) THEN 1 ELSE 0 END,
       (SELECT sum(CASE WHEN e.kind = 'admin' THEN e.amount ELSE 0 END) FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id
           AND e.ledger = 'timesheet' AND e.on_date > w.month_ago AND e.on_date <= :day AND e.void_on IS NULL),
       (SELECT sum(e.amount) FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id
           AND e.ledger = 'timesheet' AND e.on_date > w.month_ago AND e.on_date <= :day AND e.void_on IS NULL),
       CASE WHEN EXISTS (SELECT 1 FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'supervision' AND e.on_date <= :day
           AND (e.until_on IS NULL OR e.until_on > :day) AND e.void_on IS NULL) THEN 1 ELSE 0 END,
       (SELECT CASE WHEN min(e.on_date) IS NOT NULL THEN
-- sqlite:           CAST(julianday(:day) - julianday(COALESCE(max(e.last_on), min(e.on_date))) AS INTEGER)
-- postgres:           CAST(CAST(:day AS TEXT) AS date) - CAST(COALESCE(max(e.last_on), min(e.on_date)) AS date)
           END FROM (SELECT v.on_date, (SELECT max(n.on_date) FROM entry n WHERE n.area_id = v.area_id AND n.staff_id = v.staff_id
                        AND n.ledger = 'session' AND n.on_date <= :day AND n.void_on IS NULL) AS last_on
                       FROM entry v WHERE v.area_id = s.area_id AND v.staff_id = s.id AND v.ledger = 'supervision' AND v.on_date <= :day
                        AND (v.until_on IS NULL OR v.until_on > :day) AND v.void_on IS NULL) e),
       (SELECT min(e.amount) FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'supervision' AND e.on_date <= :day
           AND (e.until_on IS NULL OR e.until_on > :day) AND e.void_on IS NULL),
       (SELECT e.money FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'grade' AND e.on_date <= :day
           AND e.void_on IS NULL ORDER BY e.on_date DESC, e.id DESC LIMIT 1),
       (SELECT CASE WHEN e.state = 'yes' THEN 1 ELSE 0 END FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'grade'
           AND e.on_date <= :day AND e.void_on IS NULL ORDER BY e.on_date DESC, e.id DESC LIMIT 1),
       (SELECT e.money FROM unit_closure c JOIN unit h ON h.id = c.ancestor_id
          JOIN entry e ON e.area_id = h.area_id AND e.unit_id = h.id AND e.ledger = 'wage'
         WHERE c.descendant_id = s.unit_id AND e.kind = 'guide' AND e.mode = COALESCE((SELECT max(k.level) FROM certificate k
                   WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day), '0')
           AND e.on_date <= :day AND e.void_on IS NULL ORDER BY c.depth, e.on_date DESC, e.id DESC LIMIT 1),
       (SELECT e.money FROM unit_closure c JOIN unit h ON h.id = c.ancestor_id
          JOIN entry e ON e.area_id = h.area_id AND e.unit_id = h.id AND e.ledger = 'wage'
         WHERE c.descendant_id = s.unit_id AND e.kind = 'benchmark' AND e.mode = COALESCE((SELECT max(k.level) FROM certificate k
                   WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day), '0')
           AND e.on_date <= :day AND e.void_on IS NULL ORDER BY c.depth, e.on_date DESC, e.id DESC LIMIT 1)
  FROM unit u JOIN staff s ON s.area_id = u.area_id AND s.unit_id = u.id
-- sqlite:  CROSS JOIN (SELECT date(:day, '-6 days', 'weekday 1', '-7 days') AS monday, date(:day, '-6 days', 'weekday 1', '-1 days') AS sunday,
-- sqlite:                     date(:day, '-30 days') AS month_ago) w
-- postgres:  CROSS JOIN (SELECT to_char(date_trunc('week', CAST(CAST(:day AS TEXT) AS date)) - interval '7 days', 'YYYY-MM-DD') AS monday,
-- postgres:                     to_char(date_trunc('week', CAST(CAST(:day AS TEXT) AS date)) - interval '1 day', 'YYYY-MM-DD') AS sunday,
-- postgres:                     to_char(CAST(CAST(:day AS TEXT) AS date) - interval '30 days', 'YYYY-MM-DD') AS month_ago) w
 WHERE s.started_on <= :day AND (s.left_on IS NULL OR s.left_on > :day)
   AND NOT EXISTS (SELECT 1 FROM post p WHERE p.area_id = s.area_id AND p.staff_id = s.id AND p.kind IN ('assistant', 'intern')
                      AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day)) /*filter*/
 ORDER BY s.unit_id, s.id;

-- query: metric_cover :many
-- The four groups that shall know social-work methods, by the newest count of each unit (JL-04).
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, to_train int, trained int
-- filter: one  c.ancestor_id = :unit
SELECT c.ancestor_id, sum(e.amount), sum(e.amount_2)
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = 'cover'
 WHERE e.on_date <= :day AND e.void_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.area_id = e.area_id AND n.unit_id = e.unit_id AND n.ledger = 'cover' AND n.kind = e.kind
                      AND n.on_date <= :day AND n.void_on IS NULL AND (n.on_date > e.on_date OR (n.on_date = e.on_date AND n.id > e.id))) /*filter*/
 GROUP BY c.ancestor_id;

-- query: metric_exams :many
-- Who passed an exam in the year.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, passed_exam int
-- filter: one  c.ancestor_id = :unit
SELECT c.ancestor_id, count(DISTINCT e.staff_id)
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = 'exam'
 WHERE e.state = 'passed' AND e.on_date <= :day AND e.on_date >= substr(CAST(:day AS TEXT), 1, 4) || '-01-01' AND e.void_on IS NULL /*filter*/
 GROUP BY c.ancestor_id;

-- query: metric_turnover :many
-- Who left in the year, and the mean of those in service on its first day and now.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, turnover_left int, mean_staff int, promotions int
-- filter: one  c.ancestor_id = :unit
-- filter: wide  +c.ancestor_id = :unit
SELECT c.ancestor_id, sum(CASE WHEN s.left_on >= y.first AND s.left_on <= :day THEN 1 ELSE 0 END),
       (sum(CASE WHEN s.started_on <= y.first AND (s.left_on IS NULL OR s.left_on > y.first) THEN 1 ELSE 0 END)
        + sum(CASE WHEN s.started_on <= :day AND (s.left_on IS NULL OR s.left_on > :day) THEN 1 ELSE 0 END) + 1) / 2,
       sum(CASE WHEN EXISTS (SELECT 1 FROM entry e JOIN entry o ON o.area_id = e.area_id AND o.staff_id = e.staff_id AND o.ledger = 'grade'
                                 AND o.on_date < e.on_date AND o.amount < e.amount AND o.void_on IS NULL
                              WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'grade' AND e.on_date >= y.first
                                AND e.on_date <= :day AND e.void_on IS NULL) THEN 1 ELSE 0 END)
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN staff s ON s.area_id = u.area_id AND s.unit_id = u.id
 CROSS JOIN (SELECT substr(CAST(:day AS TEXT), 1, 4) || '-01-01' AS first) y
 WHERE s.started_on <= :day /*filter*/
 GROUP BY c.ancestor_id;

-- query: metric_pay_table :many
-- The pay table of the unit, or of those above it.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, posts_in_table int, levels_in_table int, levels_doubly_paid int
-- filter: one  c.descendant_id = :unit
SELECT t.unit_id, count(DISTINCT t.title), count(*), sum(CASE WHEN t.pays > 1 THEN 1 ELSE 0 END)
  FROM (SELECT c.descendant_id AS unit_id, e.title, e.amount, count(DISTINCT e.money) AS pays
          FROM unit_closure c JOIN unit u ON u.id = c.ancestor_id JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = 'pay_table'
         WHERE e.on_date <= :day AND e.void_on IS NULL /*filter*/
         GROUP BY c.descendant_id, e.title, e.amount) t
 GROUP BY t.unit_id;

-- query: metric_filings :many
-- The change of staff of the last year that was filed latest, or waits longest (HNG-16); one that waits counts as filed today.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, changes int, change_on text, filed_on text
-- filter: one  c.ancestor_id = :unit
SELECT t.unit_id, t.changes, t.on_date, t.filed
  FROM (SELECT c.ancestor_id AS unit_id, e.on_date, COALESCE(e.done_on, :day) AS filed, count(*) OVER (PARTITION BY c.ancestor_id) AS changes,
               row_number() OVER (PARTITION BY c.ancestor_id ORDER BY
-- sqlite:               julianday(COALESCE(e.done_on, :day)) - julianday(e.on_date)
-- postgres:               CAST(COALESCE(e.done_on, CAST(:day AS TEXT)) AS date) - CAST(e.on_date AS date)
               DESC, e.id DESC) AS place
          FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
          JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = 'staff_filing'
-- sqlite:         WHERE e.on_date > date(:day, '-365 days')
-- postgres:         WHERE e.on_date > to_char(CAST(CAST(:day AS TEXT) AS date) - interval '365 days', 'YYYY-MM-DD')
           AND e.on_date <= :day AND e.void_on IS NULL /*filter*/) t
 WHERE t.place = 1;

-- query: metric_logistics :many
-- Places of service, lodging of the workers (HN-06), the three instructors (ZL-03) and the two leads (GD-12), as the ledgers have them.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, has_premises int, has_lodging int, chief_guide int, street_guide int, professional_guide int, administrative_leads int
-- out: professional_leads int
-- filter: one  c.ancestor_id = :unit
SELECT c.ancestor_id, max(CASE WHEN e.ledger = 'facility' AND e.kind IN ('office', 'service') AND (e.until_on IS NULL OR e.until_on > :day) THEN 1 ELSE 0 END),
       max(CASE WHEN e.ledger = 'facility' AND e.kind = 'lodging' AND (e.until_on IS NULL OR e.until_on > :day) THEN 1 ELSE 0 END),
       count(DISTINCT CASE WHEN e.ledger = 'duty' AND e.kind = 'chief' THEN e.party END),
       count(DISTINCT CASE WHEN e.ledger = 'duty' AND e.kind = 'full' THEN e.party END),
       count(DISTINCT CASE WHEN e.ledger = 'duty' AND e.kind = 'professional' THEN e.party END),
       count(DISTINCT CASE WHEN e.ledger = 'lead' AND e.kind = 'administrative' AND (e.until_on IS NULL OR e.until_on > :day) THEN e.party END),
       count(DISTINCT CASE WHEN e.ledger = 'lead' AND e.kind = 'professional' AND (e.until_on IS NULL OR e.until_on > :day) THEN e.party END)
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
  JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger IN ('facility', 'duty', 'lead')
 WHERE e.on_date <= :day AND e.void_on IS NULL /*filter*/
 GROUP BY c.ancestor_id;

-- query: metric_lists :many
-- What the lists in force hold: projects by kind (HNG-10, NH-08), cells of audience and kind with a service (TH-06).  A unit without such
-- a list has no figure.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, feature_projects int?, core_projects int?, brand_community int?, brand_worker int?, basic_families int?, basic_elders int?
-- out: basic_children int?, cells_with_service int?
-- filter: one  c.ancestor_id = :unit
SELECT c.ancestor_id, sum(CASE WHEN l.kind = 'projects' THEN CASE WHEN i.kind = 'feature' THEN 1 ELSE 0 END END),
       sum(CASE WHEN l.kind = 'projects' THEN CASE WHEN i.kind = 'core' THEN 1 ELSE 0 END END),
       sum(CASE WHEN l.kind = 'projects' THEN CASE WHEN i.kind = 'brand_community' THEN 1 ELSE 0 END END),
       sum(CASE WHEN l.kind = 'projects' THEN CASE WHEN i.kind = 'brand_worker' THEN 1 ELSE 0 END END),
       sum(CASE WHEN l.kind = 'projects' THEN CASE WHEN i.kind = 'basic_families' THEN 1 ELSE 0 END END),
       sum(CASE WHEN l.kind = 'projects' THEN CASE WHEN i.kind = 'basic_elders' THEN 1 ELSE 0 END END),
       sum(CASE WHEN l.kind = 'projects' THEN CASE WHEN i.kind = 'basic_children' THEN 1 ELSE 0 END END),
       CASE WHEN sum(CASE WHEN l.kind = 'services' THEN 1 ELSE 0 END) > 0
            THEN count(DISTINCT CASE WHEN l.kind = 'services' AND i.state = 'on' THEN i.audience || ' ' || i.kind END) END
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
  JOIN list l ON l.area_id = u.area_id AND l.unit_id = u.id AND l.kind IN ('projects', 'services')
  JOIN list_line i ON i.area_id = l.area_id AND i.list_id = l.id AND i.void_on IS NULL AND i.state <> 'stopped'
 WHERE l.published_on <= :day AND (l.replaced_on IS NULL OR l.replaced_on > :day) AND l.from_on <= :day AND (l.to_on IS NULL OR l.to_on >= :day) /*filter*/
 GROUP BY c.ancestor_id;

-- query: metric_meetings :many
-- Joint meetings of the unit itself: those of the month, the communities that stayed away from the best attended of them, and the days
-- since the last one (OR-02, ZL-06).
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, joint_meetings int, communities_absent int, days_since_meeting int
-- filter: one  e.unit_id = :unit
SELECT e.unit_id, sum(CASE WHEN substr(e.on_date, 1, 7) = substr(CAST(:day AS TEXT), 1, 7) THEN 1 ELSE 0 END),
       COALESCE(min(CASE WHEN substr(e.on_date, 1, 7) = substr(CAST(:day AS TEXT), 1, 7)
                         THEN CASE WHEN COALESCE(e.mode, '') = '' THEN 0 ELSE 1 + length(e.mode) - length(replace(e.mode, '、', '')) END END), 0),
-- sqlite:       CAST(julianday(:day) - julianday(max(e.on_date)) AS INTEGER)
-- postgres:       CAST(CAST(:day AS TEXT) AS date) - CAST(max(e.on_date) AS date)
  FROM unit u JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = 'meeting'
 WHERE e.kind = 'joint' AND e.on_date <= :day AND e.void_on IS NULL /*filter*/
 GROUP BY e.unit_id;

-- query: metric_pairs :many
-- Universities and the districts they are paired with (JN-09); grid members and their informants (ZL-05): how many there are, and the
-- least and most that one has.
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, universities int?, university_pairs int?, pairs_least int?, pairs_most int?, grid_members int?, grid_informants int?
-- out: informants_least int?, informants_most int?
-- filter: one  c.ancestor_id = :unit
SELECT t.unit_id, sum(CASE WHEN t.ledger = 'pairing' THEN 1 END), sum(CASE WHEN t.ledger = 'pairing' THEN t.n END),
       min(CASE WHEN t.ledger = 'pairing' THEN t.n END), max(CASE WHEN t.ledger = 'pairing' THEN t.n END),
       sum(CASE WHEN t.ledger = 'grid' THEN 1 END), sum(CASE WHEN t.ledger = 'grid' THEN t.n END),
       min(CASE WHEN t.ledger = 'grid' THEN t.n END), max(CASE WHEN t.ledger = 'grid' THEN t.n END)
  FROM (SELECT c.ancestor_id AS unit_id, e.ledger, sum(CASE WHEN e.ledger = 'pairing' OR COALESCE(e.title, '') <> '' THEN 1 ELSE 0 END) AS n
          FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
          JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger IN ('pairing', 'grid')
         WHERE e.on_date <= :day AND (e.until_on IS NULL OR e.until_on > :day) AND e.void_on IS NULL /*filter*/
         GROUP BY c.ancestor_id, e.ledger, e.mode, e.party) t
 GROUP BY t.unit_id;

-- query: metric_tasks :many
-- What a station has taken on from above, and what it does for residents directly (GX-02).
-- anyarea: the units of all areas
-- in: day date, unit unit_id
-- out: unit unit_id, tasks_up int, tasks_direct int
-- filter: one  c.ancestor_id = :unit
SELECT c.ancestor_id, sum(CASE WHEN e.kind = 'up' THEN 1 ELSE 0 END), sum(CASE WHEN e.kind = 'direct' THEN 1 ELSE 0 END)
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = 'task'
 WHERE e.on_date <= :day AND (e.until_on IS NULL OR e.until_on > :day) AND e.void_on IS NULL /*filter*/
 GROUP BY c.ancestor_id;

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
