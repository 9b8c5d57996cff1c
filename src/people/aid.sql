-- query: aid_insert :exec
-- in: area int, id aid_id, unit unit_id, person person_id?, household household_id?, kind text, purpose text, what text, quantity int?, measure text?
-- in: fen int?, source text, giver text?, on date, receiver text, note text?, by user_id, at time
INSERT INTO aid (area_id, id, unit_id, person_id, household_id, kind, purpose, what, quantity, measure, fen, source, giver, on_date, receiver,
    note, by_id, made_at)
VALUES (:area, :id, :unit, :person, :household, :kind, :purpose, :what, :quantity, :measure, :fen, :source, :giver, :on, :receiver, :note, :by, :at);

-- query: aid_get :one
-- in: area int, id aid_id
-- out: unit unit_id, person person_id, household household_id, fen int, on date, voided date?
SELECT unit_id, coalesce(person_id, 0), coalesce(household_id, 0), coalesce(fen, 0), on_date, void_on FROM aid WHERE area_id = :area AND id = :id;

-- query: aid_void :exec
-- in: area int, id aid_id, on date, why text
UPDATE aid SET void_on = :on, void_why = :why WHERE area_id = :area AND id = :id AND void_on IS NULL;

-- query: aid_unvoid :exec
-- in: area int, id aid_id
UPDATE aid SET void_on = NULL, void_why = NULL WHERE area_id = :area AND id = :id AND void_on IS NOT NULL;

-- query: aid_household_unit :one
-- in: area int, id household_id
-- out: unit unit_id, no text, closed date?
SELECT unit_id, no, closed_on FROM household WHERE area_id = :area AND id = :id;

-- query: aid_of_person :many
-- in: area int, id person_id
-- out: id aid_id, person person_id, kind text, purpose text, what text, quantity int?, measure text?, money money?, source text, giver text?, on date, receiver text, note text?, voided date?, why text?
SELECT id, person_id, kind, purpose, what, quantity, measure, fen, source, giver, on_date, receiver, note, void_on, void_why FROM aid
 WHERE area_id = :area AND person_id = :id ORDER BY on_date DESC, id DESC LIMIT 200;

-- query: aid_of_household :many
-- What the household received as a whole, and its present members.
-- in: area int, id household_id
-- out: id aid_id, person person_id, kind text, purpose text, what text, quantity int?, measure text?, money money?, source text, giver text?, on date, receiver text, note text?, voided date?, why text?
SELECT a.id, 0, a.kind, a.purpose, a.what, a.quantity, a.measure, a.fen, a.source, a.giver, a.on_date, a.receiver, a.note, a.void_on, a.void_why FROM aid a
 WHERE a.area_id = :area AND a.household_id = :id
UNION ALL
SELECT a.id, a.person_id, a.kind, a.purpose, a.what, a.quantity, a.measure, a.fen, a.source, a.giver, a.on_date, a.receiver, a.note, a.void_on, a.void_why
  FROM member m JOIN aid a ON a.area_id = m.area_id AND a.person_id = m.person_id
 WHERE m.area_id = :area AND m.household_id = :id AND m.to_on IS NULL
 ORDER BY 11 DESC, 1 DESC LIMIT 200;

-- query: aid_services :many
-- The contacts of a person's cases: when and how, no content.  Of level S4 only those in which the user is named.
-- in: area int, id person_id, me user_id
-- out: person person_id, on date, kind text, case_ case_id, no text
SELECT r.person_id, r.on_date, r.kind, f.id, f.no FROM case_record r JOIN casefile f ON f.area_id = r.area_id AND f.id = r.case_id
 WHERE r.area_id = :area AND r.person_id = :id
   AND (f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me OR EXISTS (SELECT 1 FROM case_named n
        WHERE n.area_id = f.area_id AND n.case_id = f.id AND n.account_id = :me))
 ORDER BY r.on_date DESC, r.id DESC LIMIT 200;

-- query: aid_services_house :many
-- The same of all present members of a household.
-- in: area int, id household_id, me user_id
-- out: person person_id, on date, kind text, case_ case_id, no text
SELECT r.person_id, r.on_date, r.kind, f.id, f.no
  FROM member m JOIN case_record r ON r.area_id = m.area_id AND r.person_id = m.person_id
  JOIN casefile f ON f.area_id = r.area_id AND f.id = r.case_id
 WHERE m.area_id = :area AND m.household_id = :id AND m.to_on IS NULL
   AND (f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me OR EXISTS (SELECT 1 FROM case_named n
        WHERE n.area_id = f.area_id AND n.case_id = f.id AND n.account_id = :me))
 ORDER BY r.on_date DESC, r.id DESC LIMIT 200;

-- query: aid_list :many
-- What the units of a subtree gave, newest first.  Of persons of level S4 only what those may see who may know them; a worker sees what
-- he entered and what his own clients got.
-- in: area int, unit unit_id, me user_id, kind text?, source text?, from_ date?, to_ date?, after date?, after_id aid_id?, most int
-- out: id aid_id, person person_id, household household_id, name text?, no text?, categories text?, unit_name text, kind text, purpose text, what text
-- out: quantity int?, measure text?, money money?, source text, giver text?, on date, receiver text, level int, born date?
-- filter: mine    (a.by_id = :me OR EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = a.area_id AND f.person_id = a.person_id AND (f.worker_id = :me OR f.supervisor_id = :me)))
-- filter: kind    a.kind = :kind
-- filter: source  a.source = :source
-- filter: from    a.on_date >= :from_
-- filter: to      a.on_date <= :to_
-- sort: newest  a.on_date DESC, a.id DESC  after (a.on_date, a.id) < (:after, :after_id)
SELECT a.id, coalesce(a.person_id, 0), coalesce(a.household_id, 0), p.name, h.no, p.categories, u.name, a.kind, a.purpose, a.what, a.quantity, a.measure,
       a.fen, a.source, a.giver, a.on_date, a.receiver, coalesce(p.level, 0), p.born
  FROM aid a
  JOIN unit u ON u.id = a.unit_id
  LEFT JOIN person p ON p.area_id = a.area_id AND p.id = a.person_id
  LEFT JOIN household h ON h.area_id = a.area_id AND h.id = a.household_id
 WHERE a.area_id = :area AND a.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) AND a.void_on IS NULL
   AND (p.level IS NULL OR p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
   /*filter*/
 /*sort*/ LIMIT :most;

-- query: aid_sums :one
-- like: aid_list
-- in: area int, unit unit_id, me user_id, kind text?, source text?, from_ date?, to_ date?
-- out: total int, fen int, persons int, households int
SELECT count(*), coalesce(sum(a.fen), 0), count(DISTINCT a.person_id), count(DISTINCT a.household_id)
  FROM aid a LEFT JOIN person p ON p.area_id = a.area_id AND p.id = a.person_id
 WHERE a.area_id = :area AND a.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit) AND a.void_on IS NULL
   AND (p.level IS NULL OR p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
   /*filter*/;

-- query: aid_units :many
-- How often and how much each unit directly below gave in a period (with all that is below it), out of the sums: no names.
-- in: area int, top unit_id, months text, months_to text, days text, days_to text
-- out: id unit_id, name text, measure text?, total int
-- filter: area  t.area_id = :area
SELECT k.id, k.name, s.measure, CAST(COALESCE(SUM(s.n), 0) AS BIGINT)
  FROM unit k
  LEFT JOIN (SELECT t.unit_id AS unit_id, t.measure AS measure, t.n AS n
               FROM unit b
              CROSS JOIN (SELECT CAST(:months AS TEXT) AS lo, CAST(:months_to AS TEXT) AS hi UNION ALL SELECT :days, :days_to) r
               JOIN tally_up t ON t.area_id = b.area_id AND t.unit_id = b.id AND t.day >= r.lo AND t.day <= r.hi
                    AND t.measure IN ('aid', 'aid.fen') /*filter*/
              WHERE b.parent_id = :top OR b.id = :top) s ON s.unit_id = k.id
 WHERE k.parent_id = :top OR k.id = :top
 GROUP BY k.id, k.name, k.code, s.measure ORDER BY k.code, s.measure LIMIT 20000;
