-- query: makeup_groups :many
-- Who is in service below a unit, counted by what they have in common.  education: the first digit of GB/T 4658.
-- in: area int, top unit_id, day date
-- out: employment text, education text?, source text?, certificate text?, total int
-- filter: area  s.area_id = :area
SELECT t.employment, t.education, t.source, t.held, count(*)
  FROM (SELECT s.employment, NULLIF(substr(s.education, 1, 1), '') AS education, s.source,
               (SELECT max(k.level) FROM certificate k WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day) AS held
          FROM staff s LEFT JOIN unit u ON u.area_id = s.area_id AND u.id = s.unit_id
         WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = s.unit_id) AND s.started_on <= :day AND (s.left_on IS NULL OR s.left_on > :day) /*filter*/) t
 GROUP BY t.employment, t.education, t.source, t.held;

-- query: makeup_pay :one
-- Whose pay and benchmark are known, and who earns no less than it.  The benchmark is the newest of the nearest unit above.
-- in: area int, top unit_id, day date
-- out: known int, enough int
-- filter: area  s.area_id = :area
SELECT count(*), COALESCE(sum(CASE WHEN t.pay >= t.benchmark THEN 1 ELSE 0 END), 0)
  FROM (SELECT (SELECT e.money FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'grade' AND e.on_date <= :day
                   AND e.void_on IS NULL ORDER BY e.on_date DESC, e.id DESC LIMIT 1) AS pay,
               (SELECT e.money FROM unit_closure a JOIN unit h ON h.id = a.ancestor_id
                  JOIN entry e ON e.area_id = h.area_id AND e.unit_id = h.id AND e.ledger = 'wage'
                 WHERE a.descendant_id = s.unit_id AND e.kind = 'benchmark' AND e.mode = COALESCE((SELECT max(k.level) FROM certificate k
                           WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day), '0')
                   AND e.on_date <= :day AND e.void_on IS NULL ORDER BY a.depth, e.on_date DESC, e.id DESC LIMIT 1) AS benchmark
          FROM staff s LEFT JOIN unit u ON u.area_id = s.area_id AND u.id = s.unit_id
         WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = s.unit_id) AND s.started_on <= :day AND (s.left_on IS NULL OR s.left_on > :day) /*filter*/) t
 WHERE t.pay IS NOT NULL AND t.benchmark IS NOT NULL;
