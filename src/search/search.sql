-- query: search_people :many
-- People found by name, pinyin or initials; S4 only for those who may know them.  Who is found first, his row after that.
-- in:  area int, top unit_id, me user_id, term text, term_end text, term2 text, term2_end text, pattern text?, most int
-- out: id person_id, name text, sex text, born date?, categories text, level int, phone text?, call_rule text?, safe_hours text?, village_name text?, unit_name text
-- out: mine bool, others bool, assigned bool, named bool
-- filter: pattern  replace(replace(p.name, '·', ''), ' ', '') LIKE :pattern
SELECT p.id, p.name, p.sex, p.born, p.categories, p.level, p.phone_sealed, p.call_rule, p.safe_hours, d.name, u.name,
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id = :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id <> :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.supervisor_id = :me),
       EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me AND s.kind <> 'supervisor')
  FROM person p JOIN unit u ON u.id = p.unit_id LEFT JOIN division d ON d.code = p.division
 WHERE p.area_id = :area AND p.id IN (
       SELECT p.id FROM person p
        WHERE p.area_id = :area AND p.closed_on IS NULL
          AND p.id IN (SELECT t.person_id FROM unit_closure k JOIN person_term t ON t.unit_id = k.descendant_id
                        WHERE k.ancestor_id = :top AND t.area_id = :area AND t.term >= :term AND t.term < :term_end
                       UNION ALL
                       SELECT t.person_id FROM unit_closure k JOIN person_term t ON t.unit_id = k.descendant_id
                        WHERE k.ancestor_id = :top AND t.area_id = :area AND t.term >= :term2 AND t.term < :term2_end)
          AND p.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
          AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)) /*filter*/
        ORDER BY p.pinyin, p.id LIMIT :most)
 ORDER BY p.pinyin, p.id;

-- query: search_hash :many
-- The same by ID number or telephone: only equal values are found.
-- in:  area int, top unit_id, me user_id, hash text, before text
-- out: id person_id, name text, sex text, born date?, categories text, level int, phone text?, call_rule text?, safe_hours text?, village_name text?, unit_name text
-- out: mine bool, others bool, assigned bool, named bool
-- filter: idno   p.idno_hash IN (:hash, :before)
-- filter: phone  p.phone_hash IN (:hash, :before)
SELECT p.id, p.name, p.sex, p.born, p.categories, p.level, p.phone_sealed, p.call_rule, p.safe_hours, d.name, u.name,
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id = :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id <> :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.supervisor_id = :me),
       EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me AND s.kind <> 'supervisor')
  FROM person p JOIN unit u ON u.id = p.unit_id LEFT JOIN division d ON d.code = p.division
 WHERE p.area_id = :area AND p.closed_on IS NULL
   AND p.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)) /*filter*/
 ORDER BY p.pinyin, p.id LIMIT 20;

-- query: search_cases :many
-- Cases whose number begins with what was typed.
-- in: area int, top unit_id, me user_id, no text, no_end text
-- out: id case_id, no text, state text, opened_on date, person_name text, worker_name text?
SELECT f.id, f.no, f.state, f.opened_on, p.name, a.name
  FROM casefile f JOIN person p ON p.area_id = f.area_id AND p.id = f.person_id LEFT JOIN account a ON a.id = f.worker_id
 WHERE f.area_id = :area
-- sqlite: AND f.no >= :no AND f.no < :no_end
-- postgres: AND f.no COLLATE "C" >= :no AND f.no COLLATE "C" < :no_end
   AND f.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
   AND (f.level < 4 OR f.worker_id = :me OR f.supervisor_id = :me OR EXISTS (SELECT 1 FROM case_named n
        WHERE n.area_id = f.area_id AND n.case_id = f.id AND n.account_id = :me))
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
 ORDER BY f.no LIMIT 20;
