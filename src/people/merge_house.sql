-- query: merge_house_note :exec
-- The journal: all that names either of two households.
-- in: area int, merge merge_id, keep household_id, gone household_id
INSERT INTO merge_part (area_id, merge_id, what, row_id, how)
SELECT m.area_id, m.id, x.what, x.id, CASE WHEN x.household_id = :gone THEN 'moved' ELSE 'there' END
  FROM (SELECT 'member' AS what, a.id AS id, a.household_id AS household_id FROM member a WHERE a.area_id = :area AND a.household_id IN (:keep, :gone)
        UNION ALL SELECT 'person', p.id, p.household_id FROM person p WHERE p.area_id = :area AND p.household_id IN (:keep, :gone)
        UNION ALL SELECT 'aid', v.id, v.household_id FROM aid v WHERE v.area_id = :area AND v.household_id IN (:keep, :gone)
        UNION ALL SELECT 'house_line', z.id, z.household_id FROM house_line z WHERE z.area_id = :area AND z.household_id IN (:keep, :gone)
        UNION ALL SELECT 'house_plan', w.id, w.household_id FROM house_plan w WHERE w.area_id = :area AND w.household_id IN (:keep, :gone)
        UNION ALL SELECT 'casefile', f.id, f.household_id FROM person p JOIN casefile f ON f.area_id = p.area_id AND f.person_id = p.id
                   WHERE p.area_id = :area AND f.household_id IN (:keep, :gone)
                     AND p.id IN (SELECT b.person_id FROM member b WHERE b.area_id = :area AND b.household_id IN (:keep, :gone))) x
  JOIN merge m ON m.area_id = :area AND m.id = :merge;

-- query: merge_house_member :exec
-- in: area int, merge merge_id, old household_id, new household_id
UPDATE member SET household_id = :new WHERE area_id = :area AND household_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'member' AND j.how = 'moved');

-- query: merge_house_person :exec
-- in: area int, merge merge_id, old household_id, new household_id
UPDATE person SET household_id = :new WHERE area_id = :area AND household_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'person' AND j.how = 'moved');

-- query: merge_house_case :exec
-- in: area int, merge merge_id, old household_id, new household_id
UPDATE casefile SET household_id = :new WHERE area_id = :area AND household_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'casefile' AND j.how = 'moved');

-- query: merge_house_aid :exec
-- in: area int, merge merge_id, old household_id, new household_id
UPDATE aid SET household_id = :new WHERE area_id = :area AND household_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'aid' AND j.how = 'moved');

-- query: merge_house_house_line :exec
-- in: area int, merge merge_id, old household_id, new household_id
UPDATE house_line SET household_id = :new WHERE area_id = :area AND household_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'house_line' AND j.how = 'moved');

-- query: merge_house_house_plan :exec
-- in: area int, merge merge_id, old household_id, new household_id
UPDATE house_plan SET household_id = :new WHERE area_id = :area AND household_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'house_plan' AND j.how = 'moved');

-- query: merge_house_heads :many
-- The present heads of two households.
-- in: area int, keep household_id, gone household_id
-- out: id member_id, household household_id
SELECT id, household_id FROM member WHERE area_id = :area AND household_id IN (:keep, :gone) AND to_on IS NULL AND relation = '02' ORDER BY id LIMIT 10;

-- query: merge_house_relation :exec
-- in: area int, id member_id, relation text
UPDATE member SET relation = :relation WHERE area_id = :area AND id = :id;

-- query: merge_house_relations :exec
-- An undo: the relations that the merge wrote over.
-- in: area int, merge merge_id
UPDATE member SET relation = (SELECT j.was FROM merge_part j WHERE j.area_id = member.area_id AND j.merge_id = :merge AND j.what = 'member'
                                 AND j.how = 'relation' AND j.row_id = member.id)
 WHERE area_id = :area AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'member' AND j.how = 'relation');

-- query: merge_house_close :exec
-- in: area int, id household_id, version int, keep household_id, on date
UPDATE household SET closed_on = :on, merged_into = :keep, version = version + 1 WHERE area_id = :area AND id = :id AND version = :version AND closed_on IS NULL;

-- query: merge_house_open :exec
-- in: area int, id household_id, keep household_id
UPDATE household SET closed_on = NULL, merged_into = NULL, version = version + 1 WHERE area_id = :area AND id = :id AND merged_into = :keep;

-- query: merge_house_newer :many
-- What came to the household that stays since.
-- in: area int, merge merge_id, keep household_id
-- out: what text, text text
SELECT x.what, x.text
  FROM (SELECT 'member' AS what, a.id AS id, CASE WHEN p.level < 4 THEN p.name ELSE '' END AS text FROM member a
          JOIN person p ON p.area_id = a.area_id AND p.id = a.person_id WHERE a.area_id = :area AND a.household_id = :keep
        UNION ALL SELECT 'casefile', f.id, f.no FROM member b JOIN casefile f ON f.area_id = b.area_id AND f.person_id = b.person_id
         WHERE b.area_id = :area AND b.household_id = :keep AND f.household_id = :keep
        UNION ALL SELECT 'aid', v.id, v.what FROM aid v WHERE v.area_id = :area AND v.household_id = :keep
        UNION ALL SELECT 'house_line', z.id, CASE WHEN q.level >= 4 THEN '' ELSE z.goal END FROM house_line z
          LEFT JOIN person q ON q.area_id = z.area_id AND q.id = z.person_id WHERE z.area_id = :area AND z.household_id = :keep
        UNION ALL SELECT 'house_plan', w.id, w.from_on FROM house_plan w WHERE w.area_id = :area AND w.household_id = :keep) x
 WHERE NOT EXISTS (SELECT 1 FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = x.what AND j.row_id = x.id
                      AND j.how IN ('moved', 'there'))
 ORDER BY x.what, x.text LIMIT 30;

-- query: merge_house_by_no :one
-- An open household of a subtree by its number.
-- in: area int, top unit_id, no text
-- out: id household_id
SELECT h.id FROM household h WHERE h.area_id = :area AND h.no = :no AND h.closed_on IS NULL
   AND h.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top);
