-- query: cli_unit :one
-- in: code text
-- out: id unit_id, area int, division text
SELECT id, area_id, division FROM unit WHERE code = :code AND closed_on IS NULL;

-- query: cli_account :one
-- Whom a batch of the command line belongs to: an account of the unit or above it.
-- in: unit unit_id
-- out: id user_id
SELECT a.id FROM account a JOIN unit_closure c ON c.ancestor_id = a.unit_id AND c.descendant_id = :unit
 WHERE a.closed_on IS NULL ORDER BY c.depth, a.id LIMIT 1;
