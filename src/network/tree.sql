-- query: tree_units :many
-- The service tree of a subtree, from the top down.
-- in: top unit_id, level text, name text, most int
-- out: id unit_id, parent unit_id?, depth int, level text, code text, name text, division text, closed_on date?
-- filter: level   u.level = :level
-- filter: name    u.name LIKE :name
-- filter: open    u.closed_on IS NULL
-- filter: closed  u.closed_on IS NOT NULL
SELECT u.id, u.parent_id, c.depth, u.level, u.code, u.name, u.division, u.closed_on
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top /*filter*/
 ORDER BY c.depth, u.code LIMIT :most;

-- query: tree_counts :many
-- How many units of each level are open.
-- in: top unit_id
-- out: level text, total int
SELECT u.level, count(*) FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top AND u.closed_on IS NULL GROUP BY u.level;

-- query: tree_divisions :many
-- The divisions of two levels in a range of codes, each with the open units of a subtree that work there.
-- in: top unit_id, from text, to text, level int
-- out: code text, name text, level int, unit unit_id?, unit_name text?
SELECT d.code, d.name, d.level, u.id, u.name
  FROM division d
  LEFT JOIN unit u ON u.division = d.code AND u.closed_on IS NULL
       AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = u.id)
 WHERE d.code >= :from AND d.code <= :to AND d.level >= :level AND d.level <= :level + 1 AND d.valid_to IS NULL
 ORDER BY d.code, u.code LIMIT 1000;
