-- query: same_name :many
-- People of a name, whom the user may know.  The terms are those of the whole name; name is compared after that.
-- in: area int, top unit_id, me user_id, term text, name text
-- out: id person_id, name text, sex text, born date?, phone_hash text?, unit_name text
SELECT p.id, p.name, p.sex, p.born, p.phone_hash, u.name
  FROM person p JOIN unit u ON u.id = p.unit_id
 WHERE p.area_id = :area AND p.closed_on IS NULL AND p.name = :name
   AND p.id IN (SELECT t.person_id FROM unit_closure c JOIN person_term t ON t.area_id = :area AND t.unit_id = c.descendant_id AND t.term = :term
                 WHERE c.ancestor_id = :top)
   AND p.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
 ORDER BY p.id LIMIT 20;

-- query: same_idno :one
-- Who has an ID number.
-- in: area int, top unit_id, me user_id, hash text
-- out: id person_id, name text, sex text, born date?, unit_name text, seen bool
SELECT p.id, p.name, p.sex, p.born, u.name,
       CASE WHEN (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s
                   WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
             AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = p.unit_id) THEN 1 ELSE 0 END
  FROM person p JOIN unit u ON u.id = p.unit_id
 WHERE p.area_id = :area AND p.idno_hash = :hash AND p.closed_on IS NULL;
