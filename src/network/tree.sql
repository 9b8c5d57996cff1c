-- query: tree_units :many
-- The open units of a subtree, from the top down.
-- in: top unit_id, most int
-- out: id unit_id, parent unit_id?, depth int, level text, code text, name text
SELECT u.id, u.parent_id, c.depth, u.level, u.code, u.name
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top AND u.closed_on IS NULL
 ORDER BY c.depth, u.code LIMIT :most;

-- query: tree_list :many
-- Units of a subtree by where they work.  below: all of a small one are looked at; wide: of a large one those of a range of
-- codes are read in its order until there are enough (+: not by the tree).
-- in: top unit_id, from text, to text, level text, name text, most int
-- out: id unit_id, level text, code text, name text, closed_on date?
-- filter: below   c.ancestor_id = :top
-- filter: wide    u.division >= :from AND u.division <= :to AND +c.ancestor_id = :top
-- filter: level   u.level = :level
-- filter: name    u.name LIKE :name
-- filter: open    u.closed_on IS NULL
-- filter: closed  u.closed_on IS NOT NULL
SELECT u.id, u.level, u.code, u.name, u.closed_on
  FROM unit u JOIN unit_closure c ON c.descendant_id = u.id
 WHERE true /*filter*/
 ORDER BY u.division, u.code LIMIT :most;

-- query: tree_counts :many
-- How many units of each level are open.
-- in: top unit_id
-- out: level text, total int
SELECT level, n FROM unit_count WHERE unit_id = :top AND n > 0;

-- query: tree_divisions :many
-- The divisions in another one and those in these, each with the open units of a subtree that work there.
-- in: top unit_id, division text
-- out: code text, name text, level int, unit unit_id?, unit_name text?
SELECT d.code, d.name, d.level, u.id, u.name
  FROM (SELECT a.code, a.name, a.level FROM division a WHERE a.parent = :division AND a.valid_to IS NULL
        UNION ALL
        SELECT b.code, b.name, b.level FROM division a JOIN division b ON b.parent = a.code WHERE a.parent = :division AND b.valid_to IS NULL) d
  LEFT JOIN unit u ON u.division = d.code AND u.closed_on IS NULL
       AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = u.id)
 ORDER BY d.code, u.code LIMIT 1000;
