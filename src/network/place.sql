-- query: place_children :many
-- in: parent unit_id
-- out: id unit_id, code text, name text, level text, closed_on date?
SELECT id, code, name, level, closed_on FROM unit WHERE parent_id = :parent ORDER BY closed_on IS NOT NULL, code LIMIT 500;

-- query: place_villages :many
-- The villages that a unit serves now.
-- in: unit unit_id
-- out: division text, name text?, minutes int?, from_on date
SELECT v.division, d.name, v.minutes, v.from_on FROM unit_village v LEFT JOIN division d ON d.code = v.division
 WHERE v.unit_id = :unit AND v.to_on IS NULL ORDER BY v.division LIMIT 500;

-- query: place_far :many
-- Villages in a range of codes whose nearest open point is farther than the limit; minutes missing: nobody serves the
-- village, or nobody wrote how far it is.
-- in: from text, to text, most int
-- out: division text, name text, minutes int?
SELECT d.code, d.name, min(CASE WHEN u.id IS NOT NULL THEN v.minutes END)
  FROM division d
  LEFT JOIN unit_village v ON v.division = d.code AND v.to_on IS NULL
  LEFT JOIN unit u ON u.id = v.unit_id AND u.closed_on IS NULL
 WHERE d.code >= :from AND d.code <= :to AND d.level = 5 AND d.valid_to IS NULL
 GROUP BY d.code, d.name
HAVING min(CASE WHEN u.id IS NOT NULL THEN v.minutes END) IS NULL OR min(CASE WHEN u.id IS NOT NULL THEN v.minutes END) > :most
 ORDER BY CASE WHEN min(CASE WHEN u.id IS NOT NULL THEN v.minutes END) IS NULL THEN 1 ELSE 0 END,
          min(CASE WHEN u.id IS NOT NULL THEN v.minutes END) DESC, d.code LIMIT 1000;

-- query: place_events :many
-- in: unit unit_id
-- out: on_date date, kind text, was text?, became text?, was_name text?, became_name text?, by_name text?
SELECT e.on_date, e.kind, e.old_value, e.new_value, a.name, b.name, c.name
  FROM unit_event e
  LEFT JOIN unit a ON a.id = CASE WHEN e.kind IN ('moved', 'merged') THEN CAST(e.old_value AS BIGINT) END
  LEFT JOIN unit b ON b.id = CASE WHEN e.kind IN ('moved', 'merged') THEN CAST(e.new_value AS BIGINT) END
  LEFT JOIN account c ON c.id = e.by_id
 WHERE e.unit_id = :unit ORDER BY e.on_date DESC, e.id DESC LIMIT 200;

-- query: place_staff :many
-- Who holds a post in the unit today.
-- in: area int, unit unit_id, day date
-- out: id staff_id, name text, kind text, from_on date
SELECT s.id, s.name, p.kind, p.from_on FROM post p JOIN staff s ON s.area_id = p.area_id AND s.id = p.staff_id
 WHERE p.area_id = :area AND p.unit_id = :unit AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day)
   AND (s.left_on IS NULL OR s.left_on > :day)
 ORDER BY p.from_on, s.id LIMIT 200;

-- query: place_village_put :exec
-- in: unit unit_id, division text, minutes int?, from_on date
INSERT INTO unit_village (unit_id, division, minutes, from_on) VALUES (:unit, :division, :minutes, :from_on)
ON CONFLICT (unit_id, division, from_on) DO UPDATE SET minutes = excluded.minutes, to_on = NULL;

-- query: place_village_end :exec
-- in: unit unit_id, division text, to_on date
UPDATE unit_village SET to_on = :to_on WHERE unit_id = :unit AND division = :division AND to_on IS NULL;
