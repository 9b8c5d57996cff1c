-- query: chain_lane :one
-- A lane of an area that nobody else is writing to.
-- in: area int
-- out: lane int, seq int, hash text
SELECT lane, seq, hash FROM audit_head WHERE area_id = :area AND lane > 0 ORDER BY lane LIMIT 1
-- postgres: FOR UPDATE SKIP LOCKED
;

-- query: chain_open :one
-- One more lane: its number.
-- in: area int
-- out: seq int, lanes int
INSERT INTO audit_head (area_id, lane, seq, lanes, hash) VALUES (:area, 0, 0, 1, '')
    ON CONFLICT (area_id, lane) DO UPDATE SET lanes = audit_head.lanes + 1
RETURNING seq, lanes;

-- query: chain_move :exec
-- Where a lane ends now.
-- in: area int, lane int, seq int, lanes int, hash text, seal text
INSERT INTO audit_head (area_id, lane, seq, lanes, hash, seal) VALUES (:area, :lane, :seq, :lanes, :hash, :seal)
    ON CONFLICT (area_id, lane) DO UPDATE SET seq = excluded.seq, lanes = excluded.lanes, hash = excluded.hash, seal = excluded.seal;

-- query: chain_heads :many
-- anyarea: the check looks at all areas; a few rows each
-- out: area int, lane int, seq int, lanes int, hash text, seal text?
SELECT area_id, lane, seq, lanes, hash, seal FROM audit_head ORDER BY area_id, lane;

-- query: chain_rows :many
-- The rows of a lane, in pages.
-- in: area int, lane int, after int, last int
-- out: id audit_id, at time, account user_id?, account_name text, action text, entity text, entity_id int, changes text?, reason text?
-- out: ip text, seq int, hash text?
SELECT id, at, account_id, account_name, action, entity, entity_id, changes, reason, ip, seq, hash FROM audit
 WHERE area_id = :area AND lane = :lane AND seq > :after AND seq <= :last ORDER BY seq LIMIT 5000;

-- query: chain_beyond :many
-- Rows that no lane knows: behind its end, or in a lane that there is not.
-- anyarea: the check looks at all areas
-- out: area int, id audit_id, lane int, seq int
SELECT a.area_id, a.id, a.lane, a.seq FROM audit a LEFT JOIN audit_head h ON h.area_id = a.area_id AND h.lane = a.lane
 WHERE a.lane IS NOT NULL AND (h.lane IS NULL OR h.lane = 0 OR a.seq IS NULL OR a.seq > h.seq OR a.seq < 1) LIMIT 1000;

-- query: chain_older :many
-- How many rows without a lane each area has, and how many it had when the chain began.
-- anyarea: the check looks at all areas
-- out: area int, total int, known int
SELECT n.area_id, n.total, COALESCE(h.seq, 0)
  FROM (SELECT area_id, count(*) AS total FROM audit WHERE lane IS NULL GROUP BY area_id) n
  LEFT JOIN audit_head h ON h.area_id = n.area_id AND h.lane = 0
UNION ALL
SELECT h.area_id, 0, h.seq FROM audit_head h
 WHERE h.lane = 0 AND h.seq > 0 AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.area_id = h.area_id AND a.lane IS NULL);
