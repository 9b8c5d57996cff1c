-- query: calendar_days :many
-- Entries of the ledgers that stand in the calendar, in a range of days: below a unit, and what units above have entered for those below
-- (:up names these ledgers).  Ledgers by commas.
-- in: area int, top unit_id, first date, last date, ledgers text, up text, most int
-- out: id entry_id, ledger text, kind text?, title text?, number text?, unit_name text, on date, done date?
-- filter: area  e.area_id = :area
SELECT e.id, e.ledger, e.kind, e.title, e.number, u.name, e.on_date, e.done_on
  FROM entry e JOIN unit u ON u.id = e.unit_id AND u.area_id = e.area_id
 WHERE e.on_date >= :first AND e.on_date <= :last AND e.void_on IS NULL AND :ledgers LIKE '%,' || e.ledger || ',%'
   AND (EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = e.unit_id)
        OR (:up LIKE '%,' || e.ledger || ',%' AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = e.unit_id AND c.descendant_id = :top))) /*filter*/
 ORDER BY e.on_date, e.id LIMIT :most;
