-- query: supervise_list :many
-- Everybody in service below a unit with his present supervisor and the days since the last session, who waits longest first.
-- in: area int, top unit_id, day date, interval int, most int, skip int
-- out: id staff_id, name text, unit_name text, supervisor text?, since date?, last date?, days int?, interval int
-- filter: area  t.area_id = :area
-- filter: none  t.since IS NULL
-- filter: late  t.since IS NOT NULL AND t.days > t.within
SELECT t.id, t.name, t.unit_name, t.supervisor, t.since, t.last, t.days, t.within
  FROM (SELECT r.*,
-- sqlite:               CAST(julianday(:day) - julianday(COALESCE(r.last, r.since)) AS INTEGER) AS days
-- postgres:               CAST(CAST(:day AS TEXT) AS date) - CAST(COALESCE(r.last, r.since) AS date) AS days
          FROM (SELECT s.area_id, s.id, s.name, u.name AS unit_name, COALESCE(o.name, v.party) AS supervisor, v.on_date AS since,
               COALESCE(v.amount, :interval) AS within, (SELECT max(n.on_date) FROM entry n WHERE n.area_id = s.area_id AND n.staff_id = s.id
                                                            AND n.ledger = 'session' AND n.on_date <= :day AND n.void_on IS NULL) AS last
          FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN staff s ON s.area_id = u.area_id AND s.unit_id = u.id
          LEFT JOIN entry v ON v.area_id = s.area_id AND v.id = (SELECT max(w.id) FROM entry w WHERE w.area_id = s.area_id AND w.staff_id = s.id
               AND w.ledger = 'supervision' AND w.on_date <= :day AND (w.until_on IS NULL OR w.until_on > :day) AND w.void_on IS NULL)
          LEFT JOIN staff o ON o.area_id = v.area_id AND o.id = v.other_id
         WHERE c.ancestor_id = :top AND s.started_on <= :day AND (s.left_on IS NULL OR s.left_on > :day)
           AND NOT EXISTS (SELECT 1 FROM post p WHERE p.area_id = s.area_id AND p.staff_id = s.id AND p.kind IN ('assistant', 'intern', 'supervisor')
                              AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day))) r) t
 WHERE true /*filter*/
 ORDER BY CASE WHEN t.since IS NULL THEN 0 ELSE 1 END, t.days DESC, t.name, t.id LIMIT :most OFFSET :skip;

-- query: supervise_count :one
-- How many there are, without a supervisor, and overdue.
-- in: area int, top unit_id, day date, interval int
-- out: total int, none int, late int
-- filter: area  t.area_id = :area
SELECT count(*), COALESCE(sum(CASE WHEN t.since IS NULL THEN 1 ELSE 0 END), 0), COALESCE(sum(CASE WHEN t.days > t.within THEN 1 ELSE 0 END), 0)
  FROM (SELECT r.*,
-- sqlite:               CAST(julianday(:day) - julianday(COALESCE(r.last, r.since)) AS INTEGER) AS days
-- postgres:               CAST(CAST(:day AS TEXT) AS date) - CAST(COALESCE(r.last, r.since) AS date) AS days
          FROM (SELECT s.area_id, s.id, s.name, u.name AS unit_name, COALESCE(o.name, v.party) AS supervisor, v.on_date AS since,
               COALESCE(v.amount, :interval) AS within, (SELECT max(n.on_date) FROM entry n WHERE n.area_id = s.area_id AND n.staff_id = s.id
                                                            AND n.ledger = 'session' AND n.on_date <= :day AND n.void_on IS NULL) AS last
          FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN staff s ON s.area_id = u.area_id AND s.unit_id = u.id
          LEFT JOIN entry v ON v.area_id = s.area_id AND v.id = (SELECT max(w.id) FROM entry w WHERE w.area_id = s.area_id AND w.staff_id = s.id
               AND w.ledger = 'supervision' AND w.on_date <= :day AND (w.until_on IS NULL OR w.until_on > :day) AND w.void_on IS NULL)
          LEFT JOIN staff o ON o.area_id = v.area_id AND o.id = v.other_id
         WHERE c.ancestor_id = :top AND s.started_on <= :day AND (s.left_on IS NULL OR s.left_on > :day)
           AND NOT EXISTS (SELECT 1 FROM post p WHERE p.area_id = s.area_id AND p.staff_id = s.id AND p.kind IN ('assistant', 'intern', 'supervisor')
                              AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on > :day))) r) t
 WHERE true /*filter*/;
