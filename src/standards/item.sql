-- query: item_services :many
-- Lines of service lists in force below a unit that have a code of the catalogue.
-- in: area int, top unit_id, code text, most int
-- out: list list_id, line line_id, text text, unit_name text
-- filter: area  l.area_id = :area
SELECT l.id, i.line_id, i.text, u.name
  FROM list_line i JOIN list l ON l.area_id = i.area_id AND l.id = i.list_id
  JOIN unit u ON u.id = l.unit_id
  JOIN unit_closure c ON c.descendant_id = u.id AND c.ancestor_id = :top
 WHERE i.catalogue = :code AND i.void_on IS NULL AND l.state = 'valid' /*filter*/
 ORDER BY i.line_id DESC LIMIT :most;

-- query: item_entries :many
-- Entries of a ledger that have the code in their number: posts and indicators, of the units below and, of what holds for those
-- below, above.
-- in: area int, top unit_id, up int, ledger text, code text, most int
-- out: id entry_id, kind text?, title text?, amount int?, unit_name text
-- filter: area  e.area_id = :area
SELECT e.id, e.kind, e.title, e.amount, u.name
  FROM entry e JOIN unit u ON u.id = e.unit_id AND u.area_id = e.area_id
 WHERE e.ledger = :ledger AND e.number = :code AND e.void_on IS NULL
   AND (EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = e.unit_id)
        OR (:up = 1 AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = e.unit_id AND c.descendant_id = :top))) /*filter*/
 ORDER BY e.id DESC LIMIT :most;

-- query: item_cases :one
-- Cases that were opened under the code in a range of months, of a unit and all below it.
-- in: area int, top unit_id, measure text, months text, months_to text
-- out: total int
SELECT CAST(COALESCE(SUM(t.n), 0) AS BIGINT) FROM tally_up t
 WHERE t.area_id = :area AND t.unit_id = :top AND t.day >= :months AND t.day <= :months_to AND t.measure = :measure;
