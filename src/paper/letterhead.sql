-- query: letterhead_of :one
-- What stands on the papers of a unit: its own setting, else that of the nearest unit above.
-- in: unit unit_id
-- out: name text, hotline text?, heading text?, seal text?, from_unit unit_id?, from_name text?
SELECT u.name, u.hotline, p.heading, p.seal, p.unit_id, s.name
  FROM unit u
  LEFT JOIN unit_paper p ON p.unit_id = (SELECT c.ancestor_id FROM unit_closure c JOIN unit_paper x ON x.unit_id = c.ancestor_id
                                          WHERE c.descendant_id = u.id ORDER BY c.depth LIMIT 1)
  LEFT JOIN unit s ON s.id = p.unit_id
 WHERE u.id = :unit;

-- query: letterhead_put :exec
-- in: unit unit_id, heading text, seal text, by user_id, at time
INSERT INTO unit_paper (unit_id, heading, seal, by_id, at) VALUES (:unit, :heading, :seal, :by, :at)
ON CONFLICT (unit_id) DO UPDATE SET heading = excluded.heading, seal = excluded.seal, by_id = excluded.by_id, at = excluded.at;

-- query: letterhead_drop :exec
-- in: unit unit_id
DELETE FROM unit_paper WHERE unit_id = :unit;
