-- query: makeup_groups :many
-- Who is in service below a unit, counted by what they have in common.  education: the first digit of GB/T 4658.
-- in: area int, top unit_id, day date
-- out: employment text, education text?, source text?, certificate text?, total int
-- filter: area  s.area_id = :area
SELECT t.employment, t.education, t.source, t.held, count(*)
  FROM (SELECT s.employment, NULLIF(substr(s.education, 1, 1), '') AS education, s.source,
               (SELECT max(k.level) FROM certificate k WHERE k.area_id = s.area_id AND k.staff_id = s.id AND k.issued_on <= :day) AS held
          FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN staff s ON s.area_id = u.area_id AND s.unit_id = u.id
         WHERE c.ancestor_id = :top AND s.started_on <= :day AND (s.left_on IS NULL OR s.left_on > :day) /*filter*/) t
 GROUP BY t.employment, t.education, t.source, t.held;
