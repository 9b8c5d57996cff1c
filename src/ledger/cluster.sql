-- query: cluster_list :many
-- A ledger in order of what its entries belong to: grid chief, grid member, informants; university, districts.  Those in force on a day.
-- in: area int, top unit_id, ledger text, day date, most int
-- out: id entry_id, mode text?, party text?, title text?, unit_name text
-- filter: area  e.area_id = :area
SELECT e.id, e.mode, e.party, e.title, u.name
  FROM entry e JOIN unit u ON u.id = e.unit_id AND u.area_id = e.area_id
 WHERE e.ledger = :ledger AND e.void_on IS NULL AND e.on_date <= :day AND (e.until_on IS NULL OR e.until_on > :day)
   AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = e.unit_id) /*filter*/
 ORDER BY e.mode, e.party, u.code, e.title, e.id LIMIT :most;

-- query: cluster_below :many
-- A ledger with terms, summed up for each unit directly below: how many, done, late.
-- in: area int, top unit_id, ledger text, day date
-- out: id unit_id, name text, total int, done int, late int
-- filter: area  e.area_id = :area
SELECT k.id, k.name, count(*), sum(CASE WHEN e.done_on IS NOT NULL THEN 1 ELSE 0 END),
       sum(CASE WHEN e.done_on IS NULL AND e.until_on < :day THEN 1 ELSE 0 END)
  FROM entry e JOIN unit u ON u.id = e.unit_id AND u.area_id = e.area_id
  JOIN unit_closure c ON c.descendant_id = e.unit_id
  JOIN unit k ON k.id = c.ancestor_id AND (k.parent_id = :top OR (k.id = :top AND c.depth = 0))
 WHERE e.ledger = :ledger AND e.void_on IS NULL /*filter*/
 GROUP BY k.id, k.name, k.code ORDER BY k.code LIMIT 500;
