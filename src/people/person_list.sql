-- query: person_list :many
-- The people of a subtree whom the user may know (S4 only when he is named), in pages.  The page is found first, from
-- an index alone; only its rows are completed.
-- in:  area int, top unit_id, me user_id, unit unit_id?, term text?, term_end text?, term2 text?, term2_end text?, pattern text?
-- in: category text?, village text?, sex text?, born_from date?, born_to date?, pinyin text?, last person_id?, most int
-- in: adults int, minors int, writes int, minor_born date?
-- out: id person_id, name text, sex text, born date?, categories text, level int, phone text?, call_rule text?, safe_hours text?, village_name text?, unit_name text
-- out: mine bool, others bool, assigned bool, named bool
-- filter: unit      p.unit_id = :unit
-- filter: tree      p.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
-- filter: name      p.id IN (SELECT t.person_id FROM unit_closure k JOIN person_term t ON t.unit_id = k.descendant_id WHERE k.ancestor_id = :top AND t.area_id = :area AND t.term >= :term AND t.term < :term_end UNION ALL SELECT t.person_id FROM unit_closure k JOIN person_term t ON t.unit_id = k.descendant_id WHERE k.ancestor_id = :top AND t.area_id = :area AND t.term >= :term2 AND t.term < :term2_end)
-- filter: pattern   replace(replace(p.name, '·', ''), ' ', '') LIKE :pattern
-- filter: category  replace(p.categories, :category, '') <> p.categories
-- filter: readable  (:adults = 1 AND (p.born IS NULL OR p.born <= :minor_born)) OR EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND ((f.worker_id = :me AND f.closed_on IS NULL) OR f.supervisor_id = :me)) OR (:writes = 1 AND (:minors = 1 OR p.born IS NULL OR p.born <= :minor_born) AND NOT EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id <> :me AND f.closed_on IS NULL))
-- filter: village   p.division = :village
-- filter: sex       p.sex = :sex
-- filter: from      p.born > :born_from
-- filter: to        p.born <= :born_to
-- sort: name    p.pinyin, p.id  after (p.pinyin, p.id) > (:pinyin, :last)
-- sort: newest  p.id DESC  after p.id < :last
SELECT p.id, p.name, p.sex, p.born, p.categories, p.level, p.phone_sealed, p.call_rule, p.safe_hours, d.name, u.name,
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id = :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.worker_id <> :me AND f.closed_on IS NULL),
       EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = p.area_id AND f.person_id = p.id AND f.supervisor_id = :me),
       EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me AND s.kind <> 'supervisor')
  FROM person p JOIN unit u ON u.id = p.unit_id LEFT JOIN division d ON d.code = p.division
 WHERE p.area_id = :area AND p.id IN (
       SELECT p.id FROM person p
        WHERE p.area_id = :area AND p.closed_on IS NULL
          AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)) /*filter*/
        /*sort*/ LIMIT :most)
 /*sort*/;

-- query: person_count :one
-- like: person_list
-- kept:
-- in:  area int, top unit_id, me user_id, unit unit_id?, term text?, term_end text?, term2 text?, term2_end text?, pattern text?
-- in: category text?, village text?, sex text?, born_from date?, born_to date?
-- in: adults int, minors int, writes int, minor_born date?
-- out: total int
SELECT COUNT(*) FROM person p
 WHERE p.area_id = :area AND p.closed_on IS NULL
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me)) /*filter*/;

-- query: person_hidden_count :one
-- kept:
-- How many people of level S4 there are whom the user may not know: for those who know that they exist.
-- in: area int, top unit_id, me user_id
-- out: total int
SELECT COUNT(*) FROM person p
 WHERE p.area_id = :area AND p.closed_on IS NULL AND p.level >= 4
   AND p.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
   AND NOT EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me);

-- query: person_key :one
-- in: area int, id person_id
-- out: pinyin text
SELECT pinyin FROM person WHERE area_id = :area AND id = :id;

-- query: person_peopled :many
-- The units of a subtree that have anybody at all; two are enough to know that there are several.
-- in: area int, top unit_id
-- out: id unit_id
SELECT c.descendant_id FROM unit_closure c
 WHERE c.ancestor_id = :top
   AND EXISTS (SELECT 1 FROM person p WHERE p.area_id = :area AND p.unit_id = c.descendant_id AND p.closed_on IS NULL) LIMIT 2;

-- query: person_units :many
-- in: top unit_id
-- out: id unit_id, name text, level text, depth int
SELECT u.id, u.name, u.level, c.depth FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top AND u.closed_on IS NULL ORDER BY c.depth, u.code LIMIT 400;

-- query: person_villages :many
-- The villages of a unit's division and below.
-- in: low text, high text
-- out: code text, name text
SELECT d.code, d.name FROM division d WHERE d.level = 5 AND d.code >= :low AND d.code < :high ORDER BY d.code LIMIT 600;

-- query: person_unit_division :one
-- in: id unit_id
-- out: division text, area int, code text, name text, below int
SELECT u.division, u.area_id, u.code, u.name,
       (SELECT COUNT(*) FROM unit_closure c WHERE c.ancestor_id = u.id)
  FROM unit u WHERE u.id = :id;
