-- query: page_unit :one
-- in: id unit_id
-- out: name text
SELECT name FROM unit WHERE id = :id;

-- query: page_units :many
-- What the unit switcher offers: the user's unit and the two levels below it.
-- in: top unit_id
-- out: id unit_id, name text, depth int
SELECT u.id, u.name, c.depth FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top AND c.depth <= 2 AND u.closed_on IS NULL ORDER BY c.depth, u.code LIMIT 60;

-- query: page_inbox :one
-- What waits in the user's inbox.
-- in: area int, me user_id
-- out: total int
SELECT count(*) FROM inbox WHERE area_id = :area AND account_id = :me AND done_at IS NULL;
