-- query: merge_insert :exec
-- in: area int, id merge_id, kind text, unit unit_id, keep int, gone int, at time, by user_id, reason text, before text, keep_version int, gone_version int
INSERT INTO merge (area_id, id, kind, unit_id, keep_id, gone_id, at, by_id, reason, before_sealed, keep_version, gone_version, after_version)
VALUES (:area, :id, :kind, :unit, :keep, :gone, :at, :by, :reason, :before, :keep_version, :gone_version, :keep_version + 1);

-- query: merge_get :one
-- in: area int, id merge_id
-- out: kind text, unit unit_id, keep int, gone int, at time, by_name text, reason text, before text, keep_version int, gone_version int, version int
-- out: undone_at time?, undone_name text?, undone_why text?
SELECT m.kind, m.unit_id, m.keep_id, m.gone_id, m.at, a.name, m.reason, m.before_sealed, m.keep_version, m.gone_version, m.after_version, m.undone_at, b.name, m.undone_why
  FROM merge m JOIN account a ON a.id = m.by_id LEFT JOIN account b ON b.id = m.undone_by
 WHERE m.area_id = :area AND m.id = :id;

-- query: merge_list :many
-- The merges of a subtree; of a person of level S4 only for those who may know him.
-- in: area int, top unit_id, me user_id, most int, skip int
-- out: id merge_id, kind text, at time, by_name text, reason text, keep_name text?, gone_name text?, keep_no text?, gone_no text?, undone_at time?
SELECT m.id, m.kind, m.at, a.name, m.reason, k.name, g.name, h.no, f.no, m.undone_at
  FROM merge m JOIN account a ON a.id = m.by_id
  LEFT JOIN person k ON k.area_id = m.area_id AND k.id = m.keep_id LEFT JOIN person g ON g.area_id = m.area_id AND g.id = m.gone_id
  LEFT JOIN household h ON h.area_id = m.area_id AND h.id = m.keep_id LEFT JOIN household f ON f.area_id = m.area_id AND f.id = m.gone_id
 WHERE m.area_id = :area AND m.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
   AND (m.kind = 'household' OR ((k.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = k.area_id AND s.person_id = k.id AND s.account_id = :me))
    AND (g.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = g.area_id AND s.person_id = g.id AND s.account_id = :me))))
 ORDER BY m.id DESC LIMIT :most OFFSET :skip;

-- query: merge_undone :exec
-- in: area int, id merge_id, at time, by user_id, why text
UPDATE merge SET undone_at = :at, undone_by = :by, undone_why = :why WHERE area_id = :area AND id = :id AND undone_at IS NULL;

-- query: merge_version :exec
-- After an undo either of the two is as he was after an earlier merge, under a new version.
-- in: area int, keep int, old int, new int
UPDATE merge SET after_version = :new WHERE area_id = :area AND keep_id = :keep AND undone_at IS NULL AND after_version = :old;

-- query: merge_into :one
-- Whom a person was merged into.
-- in: area int, id person_id
-- out: keep person_id
SELECT merged_into FROM person WHERE area_id = :area AND id = :id AND merged_into IS NOT NULL;

-- query: merge_house_into :one
-- in: area int, id household_id
-- out: keep household_id
SELECT merged_into FROM household WHERE area_id = :area AND id = :id AND merged_into IS NOT NULL;

-- query: merge_of :many
-- Who was merged into somebody, for his page.
-- in: area int, keep int
-- out: id merge_id, at time
SELECT id, at FROM merge WHERE area_id = :area AND keep_id = :keep AND undone_at IS NULL ORDER BY id DESC LIMIT 10;

-- query: merge_open_cases :many
-- Open cases of the two; seen: the user may know of it.
-- in: area int, a person_id, b person_id, me user_id
-- out: id case_id, no text, person person_id, seen bool
SELECT f.id, f.no, f.person_id, CASE WHEN f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me OR EXISTS (SELECT 1 FROM case_named n
        WHERE n.area_id = f.area_id AND n.case_id = f.id AND n.account_id = :me) THEN 1 ELSE 0 END
  FROM casefile f WHERE f.area_id = :area AND f.person_id IN (:a, :b) AND f.closed_on IS NULL ORDER BY f.opened_on, f.id LIMIT 20;

-- query: merge_counts :many
-- What is attached to each of the two, for the page.
-- in: area int, a person_id, b person_id
-- out: what text, person person_id, total int
SELECT x.what, x.person_id, count(*)
  FROM (SELECT 'casefile' AS what, f.person_id FROM casefile f WHERE f.area_id = :area AND f.person_id IN (:a, :b)
        UNION ALL SELECT 'case_record', r.person_id FROM case_record r WHERE r.area_id = :area AND r.person_id IN (:a, :b)
        UNION ALL SELECT 'person_category', g.person_id FROM person_category g WHERE g.area_id = :area AND g.person_id IN (:a, :b) AND g.to_on IS NULL
        UNION ALL SELECT 'contact', t.person_id FROM contact t WHERE t.area_id = :area AND t.person_id IN (:a, :b) AND t.to_on IS NULL
        UNION ALL SELECT 'consent', s.person_id FROM consent s WHERE s.area_id = :area AND s.person_id IN (:a, :b)
        UNION ALL SELECT 'referral', z.person_id FROM referral z WHERE z.area_id = :area AND z.person_id IN (:a, :b)
        UNION ALL SELECT 'disclosure', d.person_id FROM disclosure d WHERE d.area_id = :area AND d.person_id IN (:a, :b)) x
 GROUP BY x.what, x.person_id ORDER BY x.what, x.person_id;

-- query: merge_note :exec
-- The journal: all that hangs on either of the two.  A table with a person_id is missing here only when the test merge_test
-- says why.
-- in: area int, merge merge_id, keep person_id, gone person_id
INSERT INTO merge_part (area_id, merge_id, what, row_id, how)
SELECT m.area_id, m.id, x.what, x.id, CASE WHEN x.person_id = :gone THEN 'moved' ELSE 'there' END
  FROM (SELECT 'member' AS what, a.id AS id, a.person_id AS person_id FROM member a WHERE a.area_id = :area AND a.person_id IN (:keep, :gone)
        UNION ALL SELECT 'person_category', b.id, b.person_id FROM person_category b WHERE b.area_id = :area AND b.person_id IN (:keep, :gone)
        UNION ALL SELECT 'contact', c.id, c.person_id FROM contact c WHERE c.area_id = :area AND c.person_id IN (:keep, :gone)
        UNION ALL SELECT 'tie', t.id, t.person_id FROM tie t WHERE t.area_id = :area AND t.person_id IN (:keep, :gone)
        UNION ALL SELECT 'kin', r.id, r.person_id FROM kin r WHERE r.area_id = :area AND r.person_id IN (:keep, :gone)
        UNION ALL SELECT 'aid', v.id, v.person_id FROM aid v WHERE v.area_id = :area AND v.person_id IN (:keep, :gone)
        UNION ALL SELECT 'house_line', z.id, z.person_id FROM house_line z WHERE z.area_id = :area AND z.person_id IN (:keep, :gone)
        UNION ALL SELECT 'group_member', gm.id, gm.person_id FROM group_member gm WHERE gm.area_id = :area AND gm.person_id IN (:keep, :gone)
        UNION ALL SELECT 'consent', d.id, d.person_id FROM consent d WHERE d.area_id = :area AND d.person_id IN (:keep, :gone)
        UNION ALL SELECT 'person_move', e.id, e.person_id FROM person_move e WHERE e.area_id = :area AND e.person_id IN (:keep, :gone)
        UNION ALL SELECT 'casefile', f.id, f.person_id FROM casefile f WHERE f.area_id = :area AND f.person_id IN (:keep, :gone)
        UNION ALL SELECT 'case_record', g.id, g.person_id FROM case_record g WHERE g.area_id = :area AND g.person_id IN (:keep, :gone)
        UNION ALL SELECT 'referral', h.id, h.person_id FROM referral h WHERE h.area_id = :area AND h.person_id IN (:keep, :gone)
        UNION ALL SELECT 'discovery', y.id, y.person_id FROM discovery y WHERE y.area_id = :area AND y.person_id IN (:keep, :gone)
        UNION ALL SELECT 'report', w.id, w.person_id FROM report w WHERE w.area_id = :area AND w.person_id IN (:keep, :gone)
        UNION ALL SELECT 'access_grant', u.id, u.person_id FROM access_grant u WHERE u.area_id = :area AND u.person_id IN (:keep, :gone)
        UNION ALL SELECT 'disclosure', i.id, i.person_id FROM disclosure i WHERE i.area_id = :area AND i.person_id IN (:keep, :gone)
        UNION ALL SELECT 'disclosed', z.disclosure_id, z.person_id FROM disclosed z WHERE z.area_id = :area AND z.person_id = :keep
        UNION ALL SELECT 'disclosed', z.disclosure_id, z.person_id FROM disclosed z WHERE z.area_id = :area AND z.person_id = :gone
                   AND NOT EXISTS (SELECT 1 FROM disclosed q WHERE q.area_id = z.area_id AND q.person_id = :keep AND q.disclosure_id = z.disclosure_id)
        UNION ALL SELECT 'reading', k.id, k.person_id FROM casefile l JOIN reading k ON k.area_id = l.area_id AND k.case_id = l.id
                   WHERE l.area_id = :area AND l.person_id IN (:keep, :gone)
        UNION ALL SELECT 'person_named', n.account_id, n.person_id FROM person_named n WHERE n.area_id = :area AND n.person_id = :keep
        UNION ALL SELECT 'person_named', o.account_id, o.person_id FROM person_named o WHERE o.area_id = :area AND o.person_id = :gone
                   AND NOT EXISTS (SELECT 1 FROM person_named q WHERE q.area_id = o.area_id AND q.person_id = :keep AND q.account_id = o.account_id)) x
  JOIN merge m ON m.area_id = :area AND m.id = :merge;

-- The rows of the journal go from one person to another; an undo sends them back.
-- query: merge_move_member :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE member SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'member' AND j.how = 'moved');

-- query: merge_move_category :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE person_category SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'person_category' AND j.how = 'moved');

-- query: merge_move_contact :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE contact SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'contact' AND j.how = 'moved');

-- query: merge_move_tie :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE tie SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'tie' AND j.how = 'moved');

-- query: merge_move_kin :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE kin SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'kin' AND j.how = 'moved');

-- query: merge_move_aid :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE aid SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'aid' AND j.how = 'moved');

-- query: merge_move_house_line :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE house_line SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'house_line' AND j.how = 'moved');

-- query: merge_move_group_member :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE group_member SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'group_member' AND j.how = 'moved');

-- query: merge_move_consent :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE consent SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'consent' AND j.how = 'moved');

-- query: merge_move_move :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE person_move SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'person_move' AND j.how = 'moved');

-- query: merge_move_case :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE casefile SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'casefile' AND j.how = 'moved');

-- query: merge_move_record :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE case_record SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'case_record' AND j.how = 'moved');

-- query: merge_move_referral :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE referral SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'referral' AND j.how = 'moved');

-- query: merge_move_discovery :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE discovery SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'discovery' AND j.how = 'moved');

-- query: merge_move_report :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE report SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'report' AND j.how = 'moved');

-- query: merge_move_grant :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE access_grant SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'access_grant' AND j.how = 'moved');

-- query: merge_move_disclosure :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE disclosure SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'disclosure' AND j.how = 'moved');

-- query: merge_move_list :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE disclosed SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND disclosure_id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'disclosed' AND j.how = 'moved');

-- query: merge_move_reading :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE reading SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'reading' AND j.how = 'moved');

-- query: merge_move_named :exec
-- in: area int, merge merge_id, old person_id, new person_id
UPDATE person_named SET person_id = :new WHERE area_id = :area AND person_id = :old
   AND account_id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'person_named' AND j.how = 'moved');

-- query: merge_served :many
-- Where and when the contacts of the journal took place: who was served there then is another person.
-- in: area int, merge merge_id, person person_id
-- out: unit unit_id, day date, times int
SELECT r.unit_id, r.on_date, count(*) FROM case_record r
 WHERE r.area_id = :area AND r.person_id = :person
   AND r.id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'case_record' AND j.how = 'moved')
 GROUP BY r.unit_id, r.on_date ORDER BY r.on_date, r.unit_id;

-- query: merge_end_note :exec
-- Of two open categories that are the same, the one of who goes ends.
-- in: area int, merge merge_id, keep person_id, gone person_id
INSERT INTO merge_part (area_id, merge_id, what, row_id, how)
SELECT m.area_id, m.id, 'person_category', g.id, 'ended'
  FROM merge m JOIN person_category g ON g.area_id = m.area_id AND g.person_id = :gone AND g.to_on IS NULL
 WHERE m.area_id = :area AND m.id = :merge
   AND EXISTS (SELECT 1 FROM person_category k WHERE k.area_id = g.area_id AND k.person_id = :keep AND k.category = g.category AND k.to_on IS NULL);

-- query: merge_end_categories :exec
-- in: area int, merge merge_id, on date
UPDATE person_category SET to_on = CASE WHEN from_on > :on THEN from_on ELSE :on END WHERE area_id = :area AND to_on IS NULL
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'person_category' AND j.how = 'ended');

-- query: merge_open_categories :exec
-- in: area int, merge merge_id
UPDATE person_category SET to_on = NULL WHERE area_id = :area
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'person_category' AND j.how = 'ended');

-- query: merge_end_member :exec
-- in: area int, id member_id, on date
UPDATE member SET to_on = CASE WHEN from_on > :on THEN from_on ELSE :on END, reason = 'merged' WHERE area_id = :area AND id = :id AND to_on IS NULL;

-- query: merge_open_members :exec
-- in: area int, merge merge_id
UPDATE member SET to_on = NULL, reason = NULL WHERE area_id = :area
   AND id IN (SELECT j.row_id FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = 'member' AND j.how = 'ended');

-- query: merge_part_put :exec
-- in: area int, merge merge_id, what text, row_id int, how text, was text?
INSERT INTO merge_part (area_id, merge_id, what, row_id, how, was) VALUES (:area, :merge, :what, :row_id, :how, :was) ON CONFLICT DO NOTHING;

-- query: merge_close :exec
-- in: area int, id person_id, version int, keep person_id, on date, at time
UPDATE person SET closed_on = :on, merged_into = :keep, updated_at = :at, version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version AND closed_on IS NULL;

-- query: merge_open :exec
-- in: area int, id person_id, keep person_id, at time
UPDATE person SET closed_on = NULL, merged_into = NULL, updated_at = :at, version = version + 1
 WHERE area_id = :area AND id = :id AND merged_into = :keep;

-- query: merge_newer :many
-- What came to the one that stays since, and would belong to nobody after an undo.
-- in: area int, merge merge_id, keep person_id
-- out: what text, text text
SELECT x.what, x.text
  FROM (SELECT 'member' AS what, a.id AS id, h.no AS text FROM member a JOIN household h ON h.area_id = a.area_id AND h.id = a.household_id
         WHERE a.area_id = :area AND a.person_id = :keep
        UNION ALL SELECT 'person_category', b.id, b.category FROM person_category b WHERE b.area_id = :area AND b.person_id = :keep
        UNION ALL SELECT 'contact', c.id, c.name FROM contact c WHERE c.area_id = :area AND c.person_id = :keep
        UNION ALL SELECT 'tie', t.id, t.name FROM tie t WHERE t.area_id = :area AND t.person_id = :keep
        UNION ALL SELECT 'kin', q.id, q.name FROM kin q WHERE q.area_id = :area AND q.person_id = :keep
        UNION ALL SELECT 'aid', v.id, v.what FROM aid v WHERE v.area_id = :area AND v.person_id = :keep
        UNION ALL SELECT 'house_line', z.id, z.goal FROM house_line z WHERE z.area_id = :area AND z.person_id = :keep
        UNION ALL SELECT 'group_member', gm.id, gm.applied_on FROM group_member gm WHERE gm.area_id = :area AND gm.person_id = :keep
        UNION ALL SELECT 'consent', d.id, d.given_on FROM consent d WHERE d.area_id = :area AND d.person_id = :keep
        UNION ALL SELECT 'person_move', e.id, e.on_date FROM person_move e WHERE e.area_id = :area AND e.person_id = :keep
        UNION ALL SELECT 'casefile', f.id, f.no FROM casefile f WHERE f.area_id = :area AND f.person_id = :keep
        UNION ALL SELECT 'case_record', g.id, g.on_date FROM case_record g WHERE g.area_id = :area AND g.person_id = :keep
        UNION ALL SELECT 'referral', r.id, r.no FROM referral r WHERE r.area_id = :area AND r.person_id = :keep
        UNION ALL SELECT 'discovery', y.id, y.no FROM discovery y WHERE y.area_id = :area AND y.person_id = :keep
        UNION ALL SELECT 'report', w.id, w.no FROM report w WHERE w.area_id = :area AND w.person_id = :keep
        UNION ALL SELECT 'disclosure', i.id, i.receiver FROM disclosure i WHERE i.area_id = :area AND i.person_id = :keep
        UNION ALL SELECT 'reading', k.id, k.asked_on FROM casefile l JOIN reading k ON k.area_id = l.area_id AND k.case_id = l.id
                   WHERE l.area_id = :area AND l.person_id = :keep
        UNION ALL SELECT 'person_named', n.account_id, o.name FROM person_named n JOIN account o ON o.id = n.account_id
                   WHERE n.area_id = :area AND n.person_id = :keep) x
 WHERE NOT EXISTS (SELECT 1 FROM merge_part j WHERE j.area_id = :area AND j.merge_id = :merge AND j.what = x.what AND j.row_id = x.id
                      AND j.how IN ('moved', 'there'))
 ORDER BY x.what, x.text LIMIT 30;

-- query: merge_number_taken :many
-- Who else has one of two ID numbers by now.
-- in: area int, a text?, b text?, c text?, keep person_id
-- out: id person_id, name text, level int
SELECT p.id, p.name, p.level FROM person p
 WHERE p.area_id = :area AND p.closed_on IS NULL AND p.idno_hash IN (:a, :b, :c) AND p.id <> :keep ORDER BY p.id LIMIT 3;

-- query: merge_number :one
-- in: area int, id person_id
-- out: hash text?, version int, closed date?, merged person_id
SELECT idno_hash, version, closed_on, COALESCE(merged_into, 0) FROM person WHERE area_id = :area AND id = :id;

-- query: merge_home :exec
-- in: area int, id person_id, household household_id?
UPDATE person SET household_id = :household WHERE area_id = :area AND id = :id;

-- query: merge_pair_member :many
-- The open memberships of the two.
-- in: area int, a person_id, b person_id
-- out: id member_id, person person_id, household household_id, no text
SELECT m.id, m.person_id, m.household_id, h.no FROM member m JOIN household h ON h.area_id = m.area_id AND h.id = m.household_id
 WHERE m.area_id = :area AND m.person_id IN (:a, :b) AND m.to_on IS NULL ORDER BY m.id LIMIT 2;
