-- query: undo_held :many
-- Who of a batch is in use since: he was changed, has a case, a consent, a contact or a move.
-- in: area int, id import_id, first int, last int
-- out: id person_id, name text, level int
SELECT p.id, p.name, p.level FROM person p WHERE p.area_id = :area AND p.id BETWEEN :first AND :last AND p.import_id = :id
   AND (p.version > 1
        OR EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id)
        OR EXISTS (SELECT 1 FROM consent s WHERE s.area_id = p.area_id AND s.person_id = p.id)
        OR EXISTS (SELECT 1 FROM contact t WHERE t.area_id = p.area_id AND t.person_id = p.id)
        OR EXISTS (SELECT 1 FROM tie e WHERE e.area_id = p.area_id AND e.person_id = p.id)
        OR EXISTS (SELECT 1 FROM person_move v WHERE v.area_id = p.area_id AND v.person_id = p.id)
        OR EXISTS (SELECT 1 FROM person_category g WHERE g.area_id = p.area_id AND g.person_id = p.id AND g.checked_by IS NOT NULL))
 ORDER BY p.pinyin, p.id LIMIT 50;

-- query: undo_registered :many
-- On which days (since 1970, Asia/Shanghai) and where the batch's people were registered: for taking the figures back.
-- in: area int, id import_id, first int, last int
-- out: unit unit_id, day int, people int
SELECT COALESCE(p.registered_unit_id, p.unit_id), (p.created_at + 28800000) / 86400000, count(*) FROM person p
 WHERE p.area_id = :area AND p.id BETWEEN :first AND :last AND p.import_id = :id GROUP BY 1, 2;

-- query: undo_categories :exec
-- in: area int, id import_id, first int, last int
DELETE FROM person_category WHERE area_id = :area AND person_id IN (SELECT p.id FROM person p WHERE p.area_id = :area AND p.id BETWEEN :first AND :last AND p.import_id = :id);

-- query: undo_members :exec
-- in: area int, id import_id, first int, last int
DELETE FROM member WHERE area_id = :area AND person_id IN (SELECT p.id FROM person p WHERE p.area_id = :area AND p.id BETWEEN :first AND :last AND p.import_id = :id);

-- query: undo_terms :exec
-- in: area int, id import_id, first int, last int
DELETE FROM person_term WHERE area_id = :area
   AND unit_id IN (SELECT p.unit_id FROM person p WHERE p.area_id = :area AND p.id BETWEEN :first AND :last AND p.import_id = :id)
   AND person_id IN (SELECT p.id FROM person p WHERE p.area_id = :area AND p.id BETWEEN :first AND :last AND p.import_id = :id);

-- query: undo_named :exec
-- in: area int, id import_id, first int, last int
DELETE FROM person_named WHERE area_id = :area AND person_id IN (SELECT p.id FROM person p WHERE p.area_id = :area AND p.id BETWEEN :first AND :last AND p.import_id = :id);

-- query: undo_people :exec
-- in: area int, id import_id, first int, last int
DELETE FROM person WHERE area_id = :area AND id BETWEEN :first AND :last AND import_id = :id;

-- query: undo_households :exec
-- Files that the batch opened and nobody else lives in.
-- in: area int, id import_id, first int, last int
DELETE FROM household WHERE area_id = :area AND id BETWEEN :first AND :last AND import_id = :id
   AND NOT EXISTS (SELECT 1 FROM member m WHERE m.area_id = household.area_id AND m.household_id = household.id)
   AND NOT EXISTS (SELECT 1 FROM person p WHERE p.area_id = household.area_id AND p.household_id = household.id)
   AND merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM merge g WHERE g.area_id = household.area_id AND g.keep_id = household.id);

-- query: undo_people_edge :one
-- The next people of a batch: how many, and the last of them.
-- in: area int, id import_id, first int, last int, most int
-- out: people int, last int
SELECT count(*), coalesce(max(x.id), 0)
  FROM (SELECT p.id AS id FROM person p WHERE p.area_id = :area AND p.id BETWEEN :first AND :last AND p.import_id = :id ORDER BY p.id LIMIT :most) x;

-- query: undo_households_edge :one
-- in: area int, id import_id, first int, last int, most int
-- out: households int, last int
SELECT count(*), coalesce(max(x.id), 0)
  FROM (SELECT h.id AS id FROM household h WHERE h.area_id = :area AND h.id BETWEEN :first AND :last AND h.import_id = :id ORDER BY h.id LIMIT :most) x;

-- query: undo_finish :exec
-- in: area int, id import_id, state text, why text?
UPDATE import SET state = :state, why = :why WHERE area_id = :area AND id = :id AND state = 'undoing';
