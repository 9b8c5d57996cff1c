-- query: same_pinyin :many
-- People whose names sound alike, whom the user may know, and whom nobody told apart from the one asked about (self).
-- in: area int, top unit_id, me user_id, pinyin text, self int
-- out: id person_id, name text, sex text, born date?, division text?, idno_hash text?, phone_hash text?, address_sealed text?, unit_name text
SELECT p.id, p.name, p.sex, p.born, p.division, p.idno_hash, p.phone_hash, p.address_sealed, u.name
  FROM unit_closure c
  JOIN person p ON p.area_id = :area AND p.unit_id = c.descendant_id AND p.closed_on IS NULL AND p.pinyin = :pinyin
  JOIN unit u ON u.id = p.unit_id
 WHERE c.ancestor_id = :top AND p.id <> :self
   AND (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
   AND NOT EXISTS (SELECT 1 FROM person_distinct d WHERE d.area_id = p.area_id
        AND ((d.low_id = p.id AND d.high_id = :self) OR (d.low_id = :self AND d.high_id = p.id)))
 ORDER BY p.id LIMIT 50;

-- query: same_idno :one
-- Who has an ID number.
-- in: area int, top unit_id, me user_id, hash text, before text
-- out: id person_id, name text, sex text, born date?, unit_name text, seen bool
SELECT p.id, p.name, p.sex, p.born, u.name,
       CASE WHEN (p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s
                   WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me))
             AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = p.unit_id) THEN 1 ELSE 0 END
  FROM person p JOIN unit u ON u.id = p.unit_id
 WHERE p.area_id = :area AND p.idno_hash IN (:hash, :before) AND p.closed_on IS NULL;

-- query: doubles_list :many
-- Pairs of a subtree that may be one person: names that sound alike, and the same birth date, village or telephone; two
-- different ID numbers are two people.  Neither is shown to somebody who may not know him.
-- in: area int, top unit_id, me user_id, most int, skip int
-- out: a person_id, a_name text, a_sex text, a_born date?, a_village text?, a_unit text
-- out: b person_id, b_name text, b_sex text, b_born date?, b_village text?, b_unit text
-- out: name bool, born bool, village bool, phone bool
SELECT a.id, a.name, a.sex, a.born, ad.name, au.name, b.id, b.name, b.sex, b.born, bd.name, bu.name,
       CASE WHEN a.name = b.name THEN 1 ELSE 0 END, CASE WHEN a.born = b.born THEN 1 ELSE 0 END,
       CASE WHEN a.division = b.division THEN 1 ELSE 0 END, CASE WHEN a.phone_hash = b.phone_hash THEN 1 ELSE 0 END
  FROM unit_closure c
  JOIN person a ON a.area_id = :area AND a.unit_id = c.descendant_id AND a.closed_on IS NULL
  JOIN unit_closure k ON k.ancestor_id = :top
  JOIN person b ON b.area_id = :area AND b.unit_id = k.descendant_id AND b.closed_on IS NULL AND b.pinyin = a.pinyin AND b.id > a.id
  JOIN unit au ON au.id = a.unit_id JOIN unit bu ON bu.id = b.unit_id
  LEFT JOIN division ad ON ad.code = a.division LEFT JOIN division bd ON bd.code = b.division
 WHERE c.ancestor_id = :top AND a.pinyin <> ''
   AND (a.born = b.born OR a.division = b.division OR a.phone_hash = b.phone_hash)
   AND (a.idno_hash IS NULL OR b.idno_hash IS NULL)
   AND (a.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = a.area_id AND s.person_id = a.id AND s.account_id = :me))
   AND (b.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = b.area_id AND s.person_id = b.id AND s.account_id = :me))
   AND NOT EXISTS (SELECT 1 FROM person_distinct d WHERE d.area_id = a.area_id AND d.low_id = a.id AND d.high_id = b.id)
 ORDER BY a.pinyin, a.id, b.id LIMIT :most OFFSET :skip;

-- query: doubles_count :one
-- kept:
-- in: area int, top unit_id, me user_id
-- out: total int
SELECT count(*)
  FROM unit_closure c
  JOIN person a ON a.area_id = :area AND a.unit_id = c.descendant_id AND a.closed_on IS NULL
  JOIN unit_closure k ON k.ancestor_id = :top
  JOIN person b ON b.area_id = :area AND b.unit_id = k.descendant_id AND b.closed_on IS NULL AND b.pinyin = a.pinyin AND b.id > a.id
 WHERE c.ancestor_id = :top AND a.pinyin <> ''
   AND (a.born = b.born OR a.division = b.division OR a.phone_hash = b.phone_hash)
   AND (a.idno_hash IS NULL OR b.idno_hash IS NULL)
   AND (a.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = a.area_id AND s.person_id = a.id AND s.account_id = :me))
   AND (b.level < 4 OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = b.area_id AND s.person_id = b.id AND s.account_id = :me))
   AND NOT EXISTS (SELECT 1 FROM person_distinct d WHERE d.area_id = a.area_id AND d.low_id = a.id AND d.high_id = b.id);

-- query: distinct_put :exec
-- in: area int, low person_id, high person_id, at time, by user_id
INSERT INTO person_distinct (area_id, low_id, high_id, at, by_id) VALUES (:area, :low, :high, :at, :by) ON CONFLICT DO NOTHING;

-- query: distinct_drop :exec
-- in: area int, low person_id, high person_id
DELETE FROM person_distinct WHERE area_id = :area AND low_id = :low AND high_id = :high;
