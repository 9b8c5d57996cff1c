-- query: tie_list :many
-- in: area int, id person_id
-- out: id tie_id, kind text, name text, strength text, flow text, note text?, from_on date, to_on date?
SELECT id, kind, name, strength, flow, note, from_on, to_on FROM tie
 WHERE area_id = :area AND person_id = :id ORDER BY CASE WHEN to_on IS NULL THEN 0 ELSE 1 END, kind, id LIMIT 100;

-- query: tie_insert :exec
-- in: area int, id tie_id, person person_id, kind text, name text, strength text, flow text, note text?, from_on date
INSERT INTO tie (area_id, id, person_id, kind, name, strength, flow, note, from_on)
VALUES (:area, :id, :person, :kind, :name, :strength, :flow, :note, :from_on);

-- query: tie_end :exec
-- in: area int, id tie_id, person person_id, on date
UPDATE tie SET to_on = :on WHERE area_id = :area AND id = :id AND person_id = :person AND to_on IS NULL;

-- query: tie_again :exec
-- in: area int, id tie_id, person person_id
UPDATE tie SET to_on = NULL WHERE area_id = :area AND id = :id AND person_id = :person AND to_on IS NOT NULL;

-- query: tie_kin :many
-- Who belongs to the household of a person, and who of it died; of level S4 only those whom the user may know.
-- in: area int, household household_id, me user_id
-- out: person person_id, name text, sex text, born date?, died_on date?, relation text
SELECT p.id, p.name, p.sex, p.born, p.died_on, m.relation
  FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
 WHERE m.area_id = :area AND m.household_id = :household AND (m.to_on IS NULL OR p.died_on IS NOT NULL)
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
 ORDER BY m.relation, p.born, m.id LIMIT 60;
