-- query: member_list :many
-- The members of a household, present ones first; S4 persons only for those who may know them.
-- in: area int, id household_id, me user_id
-- out: id member_id, person person_id, name text, sex text, born date?, relation text, from_on date, to_on date?, reason text?
SELECT m.id, p.id, p.name, p.sex, p.born, m.relation, m.from_on, m.to_on, m.reason
  FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
 WHERE m.area_id = :area AND m.household_id = :id
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
 ORDER BY CASE WHEN m.to_on IS NULL THEN 0 ELSE 1 END, m.relation, m.from_on, m.id LIMIT 200;

-- query: member_related :many
-- Who belongs to a household now, and how the user relates to each; S4 persons only for those who may know them.  inside: served in the
-- user's subtree; of the others he learns the name, as everybody who opens the household.
-- in: area int, household household_id, me user_id, top unit_id
-- out: person person_id, name text, sex text, born date?, relation text, level int, mine bool, others bool, assigned bool, named bool, inside bool
SELECT p.id, p.name, p.sex, p.born, m.relation, p.level,
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id = :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id <> :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.supervisor_id = :me),
       EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me AND s.kind <> 'supervisor'),
       EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = p.unit_id)
  FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
 WHERE m.area_id = :area AND m.household_id = :household AND m.to_on IS NULL
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
 ORDER BY m.relation, p.born, m.id LIMIT 60;

-- query: member_open_of :one
-- in: area int, person person_id
-- out: id member_id, household household_id, no text, unit unit_id
SELECT m.id, m.household_id, h.no, h.unit_id FROM member m JOIN household h ON h.area_id = m.area_id AND h.id = m.household_id
 WHERE m.area_id = :area AND m.person_id = :person AND m.to_on IS NULL;

-- query: member_insert :exec
-- in: area int, id member_id, household household_id, person person_id, relation text, from_on date
INSERT INTO member (area_id, id, household_id, person_id, relation, from_on)
VALUES (:area, :id, :household, :person, :relation, :from_on) ON CONFLICT DO NOTHING;

-- query: member_get :one
-- in: area int, id member_id, household household_id
-- out: person person_id, relation text, to_on date?
SELECT person_id, relation, to_on FROM member WHERE area_id = :area AND id = :id AND household_id = :household;

-- query: member_close :exec
-- in: area int, id member_id, on date, reason text
UPDATE member SET to_on = :on, reason = :reason WHERE area_id = :area AND id = :id AND to_on IS NULL AND from_on <= :on;

-- query: member_has_head :one
-- in: area int, household household_id
-- out: total int
SELECT COUNT(*) FROM member WHERE area_id = :area AND household_id = :household AND to_on IS NULL AND relation = '02';

-- query: member_person_household :exec
-- in: area int, person person_id, household household_id?
UPDATE person SET household_id = :household WHERE area_id = :area AND id = :person;

-- query: member_move_insert :exec
-- in: area int, id move_id, person person_id, on date, from_unit unit_id?, to_unit unit_id?, from_household household_id?
-- in: to_household household_id?, reason text?, by user_id?
INSERT INTO person_move (area_id, id, person_id, on_date, from_unit_id, to_unit_id, from_household_id, to_household_id, reason, by_id)
VALUES (:area, :id, :person, :on, :from_unit, :to_unit, :from_household, :to_household, :reason, :by);

-- query: member_again :exec
-- A membership that was ended by mistake goes on; not when he is a member of another household by now.
-- in: area int, id member_id, household household_id
UPDATE member SET to_on = NULL, reason = NULL WHERE area_id = :area AND id = :id AND household_id = :household AND to_on IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM member o WHERE o.area_id = member.area_id AND o.person_id = member.person_id AND o.to_on IS NULL);

-- query: member_move_drop :exec
-- The move that a mistake made.
-- in: area int, person person_id, household household_id
DELETE FROM person_move WHERE area_id = :area AND id = (SELECT max(v.id) FROM person_move v
    WHERE v.area_id = :area AND v.person_id = :person AND v.from_household_id = :household AND v.to_household_id IS NULL);
