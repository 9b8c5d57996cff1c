-- query: household_get :one
-- in: area int, id household_id
-- out: no text, unit unit_id, division text?, address_sealed text?, housing text?, economy text?, note text?, opened_on date
-- out: closed_on date?, version int, unit_name text, division_name text?
SELECT h.no, h.unit_id, h.division, h.address_sealed, h.housing, h.economy, h.note, h.opened_on, h.closed_on, h.version, u.name, d.name
  FROM household h JOIN unit u ON u.id = h.unit_id LEFT JOIN division d ON d.code = h.division
 WHERE h.area_id = :area AND h.id = :id;

-- query: household_by_no :one
-- in: area int, no text
-- out: id household_id, unit unit_id
SELECT id, unit_id FROM household WHERE area_id = :area AND no = :no;

-- query: household_insert :exec
-- in: area int, id household_id, no text, unit unit_id, division text?, address_sealed text?, housing text?, economy text?
-- in: note text?, opened_on date, import import_id?
INSERT INTO household (area_id, id, no, unit_id, division, address_sealed, housing, economy, note, opened_on, import_id, version)
VALUES (:area, :id, :no, :unit, :division, :address_sealed, :housing, :economy, :note, :opened_on, :import, 1)
ON CONFLICT DO NOTHING;

-- query: household_update :exec
-- in: area int, id household_id, version int, division text?, address_sealed text?, housing text?, economy text?, note text?
UPDATE household SET division = :division, address_sealed = :address_sealed, housing = :housing, economy = :economy, note = :note,
    version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version;

-- query: household_list :many
-- in:  area int, top unit_id, no text?, no_end text?, village text?, last household_id?, most int
-- out: id household_id, no text, unit_name text, village_name text?, opened_on date, head_name text?, members int
-- filter: no       h.no >= :no AND h.no < :no_end
-- filter: village  h.division = :village
-- filter: after    h.id < :last
SELECT h.id, h.no, u.name, d.name, h.opened_on,
       (SELECT p.name FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
         WHERE m.area_id = h.area_id AND m.household_id = h.id AND m.to_on IS NULL AND m.relation = '02' AND p.level < 4 LIMIT 1),
       (SELECT COUNT(*) FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
         WHERE m.area_id = h.area_id AND m.household_id = h.id AND m.to_on IS NULL AND p.level < 4)
  FROM household h JOIN unit u ON u.id = h.unit_id LEFT JOIN division d ON d.code = h.division
 WHERE h.area_id = :area AND h.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top) AND h.closed_on IS NULL /*filter*/
 ORDER BY h.id DESC LIMIT :most;

-- query: household_heads :many
-- The heads of some households; ids: a JSON array.
-- in: area int, ids text
-- out: person person_id
SELECT m.person_id FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
 WHERE m.area_id = :area AND m.to_on IS NULL AND m.relation = '02' AND p.level < 4
-- sqlite:   AND m.household_id IN (SELECT value FROM json_each(:ids))
-- postgres:   AND m.household_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:ids AS json)))
 LIMIT 5000;

-- query: household_count :one
-- like: household_list
-- in:  area int, top unit_id, no text?, no_end text?, village text?, last household_id?
-- out: total int
SELECT COUNT(*) FROM household h
 WHERE h.area_id = :area AND h.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top) AND h.closed_on IS NULL /*filter*/;

-- query: household_head :one
-- The name of the head, for the title; nothing when the user may not know him.
-- in: area int, id household_id, me user_id
-- out: name text, person person_id
SELECT p.name, p.id FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
 WHERE m.area_id = :area AND m.household_id = :id AND m.to_on IS NULL AND m.relation = '02'
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
 LIMIT 1;

-- query: household_axis :many
-- What happened in a household: members came and went, cases began and ended.
-- in: area int, id household_id, me user_id
-- out: on date, kind text, code text, name text, ref int
SELECT m.from_on, 'member', m.relation, p.name, p.id FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
 WHERE m.area_id = :area AND m.household_id = :id
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
UNION ALL
SELECT m.to_on, 'member_end', m.relation, p.name, p.id FROM member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
 WHERE m.area_id = :area AND m.household_id = :id AND m.to_on IS NOT NULL
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
UNION ALL
SELECT f.opened_on, 'case', f.state, f.no, f.id FROM casefile f
 WHERE f.area_id = :area AND f.level < 4 AND f.person_id IN (SELECT m.person_id FROM member m JOIN person p
       ON p.area_id = m.area_id AND p.id = m.person_id WHERE m.area_id = :area AND m.household_id = :id AND m.to_on IS NULL AND p.level < 4)
UNION ALL
SELECT f.closed_on, 'case_end', f.state, f.no, f.id FROM casefile f
 WHERE f.area_id = :area AND f.level < 4 AND f.closed_on IS NOT NULL AND f.person_id IN (SELECT m.person_id FROM member m JOIN person p
       ON p.area_id = m.area_id AND p.id = m.person_id WHERE m.area_id = :area AND m.household_id = :id AND m.to_on IS NULL AND p.level < 4)
 ORDER BY 1 DESC LIMIT 300;
