-- query: named_insert :exec
-- in: area int, person person_id, account user_id, on date, by user_id, reason text
INSERT INTO person_named (area_id, person_id, account_id, from_on, by_id, reason)
VALUES (:area, :person, :account, :on, :by, :reason) ON CONFLICT DO NOTHING;

-- query: named_delete :exec
-- in: area int, person person_id, account user_id
DELETE FROM person_named WHERE area_id = :area AND person_id = :person AND account_id = :account;

-- query: named_list :many
-- in: area int, person person_id
-- out: account user_id, name text, from_on date, reason text
SELECT n.account_id, a.name, n.from_on, n.reason FROM person_named n JOIN account a ON a.id = n.account_id
 WHERE n.area_id = :area AND n.person_id = :person ORDER BY n.from_on, a.name LIMIT 100;

-- query: named_accounts :many
-- Who may be named: the accounts of a unit and above it in the user's scope.
-- in: top unit_id
-- out: id user_id, name text, login text
SELECT a.id, a.name, a.login FROM account a JOIN unit_closure c ON c.descendant_id = a.unit_id AND c.ancestor_id = :top
 WHERE a.closed_on IS NULL AND a.role IN ('worker', 'head', 'supervisor') ORDER BY c.depth, a.name LIMIT 400;

-- query: named_sealed :many
-- The S4 persons of a subtree whom the user may not know: that they exist and since when, nothing else.
-- in: area int, top unit_id, me user_id
-- out: id person_id, created_at time
SELECT p.id, p.created_at FROM person p
 WHERE p.area_id = :area AND p.closed_on IS NULL AND p.level >= 4
   AND p.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
   AND NOT EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)
 ORDER BY p.id DESC LIMIT 200;

-- query: named_unit :one
-- in: area int, id person_id
-- out: unit unit_id, level int
SELECT unit_id, level FROM person WHERE area_id = :area AND id = :id;
