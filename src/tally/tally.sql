-- query: tally_put :exec
-- in: area int, unit unit_id, day date, measure text, by int
INSERT INTO tally (area_id, unit_id, day, measure, n) VALUES (:area, :unit, :day, :measure, :by)
ON CONFLICT (area_id, unit_id, day, measure) DO UPDATE SET n = tally.n + excluded.n;

-- query: served_put :exec
-- in: area int, unit unit_id, day date, person person_id
INSERT INTO served (area_id, unit_id, day, person_id, times) VALUES (:area, :unit, :day, :person, 1)
ON CONFLICT (area_id, unit_id, day, person_id) DO UPDATE SET times = served.times + 1;

-- query: served_take :exec
-- in: area int, unit unit_id, day date, person person_id
UPDATE served SET times = times - 1 WHERE area_id = :area AND unit_id = :unit AND day = :day AND person_id = :person;

-- query: served_clean :exec
-- in: area int, unit unit_id, day date, person person_id
DELETE FROM served WHERE area_id = :area AND unit_id = :unit AND day = :day AND person_id = :person AND times <= 0;

-- query: tally_differences :many
-- Where the counters differ from what the records say.
-- out: area int, unit unit_id, day date, measure text, kept int, counted int
SELECT area_id, unit_id, day, measure, CAST(SUM(kept) AS BIGINT), CAST(SUM(counted) AS BIGINT)
  FROM (SELECT area_id, unit_id, day, measure, n AS kept, 0 AS counted FROM tally
        UNION ALL
        SELECT area_id, unit_id, opened_on, 'case.opened', 0, 1 FROM casefile
        UNION ALL
        SELECT f.area_id, f.unit_id, f.opened_on, 'case.opened:' || c.category, 0, 1
          FROM case_category c JOIN casefile f ON f.area_id = c.area_id AND f.id = c.case_id
        UNION ALL
        SELECT area_id, COALESCE(registered_unit_id, unit_id),
-- sqlite:        date(created_at / 1000 + 28800, 'unixepoch'),
-- postgres:      to_char(to_timestamp(created_at / 1000) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'),
               'person.registered', 0, 1
          FROM person
        UNION ALL
        SELECT area_id, unit_id, opened_on, 'case.code:' || code, 0, 1 FROM casefile WHERE code IS NOT NULL
        UNION ALL
        SELECT area_id, unit_id, closed_on, 'case.closed', 0, 1 FROM casefile WHERE closed_on IS NOT NULL
        UNION ALL
        SELECT area_id, unit_id, closed_on, 'case.closed:' || COALESCE(close_sub, close_reason), 0, 1 FROM casefile
         WHERE closed_on IS NOT NULL AND close_reason IS NOT NULL
        UNION ALL
        SELECT area_id, unit_id, on_date, 'contact', 0, 1 FROM case_record
        UNION ALL
        SELECT area_id, unit_id, on_date, 'minutes', 0, minutes FROM case_record
        UNION ALL
        SELECT area_id, unit_id, on_date, 'aid', 0, 1 FROM aid WHERE void_on IS NULL
        UNION ALL
        SELECT area_id, unit_id, on_date, 'aid.fen', 0, fen FROM aid WHERE void_on IS NULL AND fen IS NOT NULL
        UNION ALL
        SELECT e.area_id, c.unit_id,
-- sqlite:        date(e.at / 1000 + 28800, 'unixepoch'),
-- postgres:      to_char(to_timestamp(e.at / 1000) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'),
               'case.state:' || e.to_state, 0, 1
          FROM case_event e JOIN casefile c ON c.area_id = e.area_id AND c.id = e.case_id
         WHERE e.kind = 'state' AND e.to_state IS NOT NULL
        UNION ALL
        SELECT e.area_id, c.unit_id,
-- sqlite:        date(e.at / 1000 + 28800, 'unixepoch'),
-- postgres:      to_char(to_timestamp(e.at / 1000) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'),
               'case.state:' || e.from_state, 0, -1
          FROM case_event e JOIN casefile c ON c.area_id = e.area_id AND c.id = e.case_id
         WHERE e.kind = 'state' AND e.from_state IS NOT NULL
        UNION ALL
        SELECT area_id, unit_id, day, 'served', times, 0 FROM served
        UNION ALL
        SELECT area_id, unit_id, on_date, 'served', 0, 1 FROM case_record) counts
 GROUP BY area_id, unit_id, day, measure
HAVING SUM(kept) <> SUM(counted)
 ORDER BY area_id, unit_id, day, measure LIMIT 1000;
