-- query: pay_list :many
-- Who did social work in a month: days in service, the highest certificate held at its end, and the pay of his grade.
-- in: area int, top unit_id, first date, last date, most int, skip int
-- out: id staff_id, name text, unit_name text, certificate text?, started_on date, left_on date?, pay money?
-- filter: area  s.area_id = :area
SELECT s.id, s.name, u.name,
       (SELECT max(k.level) FROM certificate k WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :last),
       s.started_on, s.left_on,
       (SELECT e.money FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'grade' AND e.on_date <= :last
           AND e.void_on IS NULL ORDER BY e.on_date DESC, e.id DESC LIMIT 1)
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN staff s ON s.area_id = u.area_id AND s.unit_id = u.id
 WHERE c.ancestor_id = :top AND s.started_on <= :last AND (s.left_on IS NULL OR s.left_on > :first)
   AND NOT EXISTS (SELECT 1 FROM post p WHERE p.area_id = s.area_id AND p.staff_id = s.id AND p.kind IN ('assistant', 'intern')
                      AND p.from_on <= :last AND (p.to_on IS NULL OR p.to_on > :first)) /*filter*/
 ORDER BY c.depth, u.code, s.name, s.id LIMIT :most OFFSET :skip;
