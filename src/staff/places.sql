-- query: places_list :many
-- The posts that the units below one plan, with how many hold them now (GZ-36); vacant: 1, those only that are not full.
-- in: area int, top unit_id, day date, vacant int, most int, skip int
-- out: unit unit_id, unit_name text, kind text, platform text?, planned int, filled int
-- filter: area  t.area_id = :area
SELECT t.id, t.name, t.kind, t.mode, t.planned, count(DISTINCT s.id)
  FROM (SELECT u.area_id, u.id, u.code, u.name, e.kind, max(e.mode) AS mode, sum(e.amount) AS planned
          FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
          JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = 'post_plan'
         WHERE c.ancestor_id = :top AND e.on_date <= :day AND (e.until_on IS NULL OR e.until_on > :day) AND e.void_on IS NULL
         GROUP BY u.area_id, u.id, u.code, u.name, e.kind) t
  LEFT JOIN post p ON p.area_id = t.area_id AND p.unit_id = t.id AND p.kind = t.kind AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day)
  LEFT JOIN staff s ON s.area_id = p.area_id AND s.id = p.staff_id AND (s.left_on IS NULL OR s.left_on > :day)
 WHERE true /*filter*/
 GROUP BY t.area_id, t.id, t.code, t.name, t.kind, t.mode, t.planned
HAVING :vacant = 0 OR count(DISTINCT s.id) < t.planned
 ORDER BY t.code, t.kind LIMIT :most OFFSET :skip;

-- query: places_platforms :many
-- Planned posts by platform (JL-11, SA-11).
-- in: area int, top unit_id, day date
-- out: platform text?, planned int
-- filter: area  e.area_id = :area
SELECT e.mode, sum(e.amount)
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
  JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = 'post_plan'
 WHERE c.ancestor_id = :top AND e.on_date <= :day AND (e.until_on IS NULL OR e.until_on > :day) AND e.void_on IS NULL /*filter*/
 GROUP BY e.mode ORDER BY 2 DESC;
