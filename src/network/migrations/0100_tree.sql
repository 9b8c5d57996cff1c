-- The levels of a subtree from the top down, without reading all of it: what the unit switcher and the tree page show.
CREATE INDEX unit_closure_down ON unit_closure (ancestor_id, depth, descendant_id);

-- Units of one level by where they work: the list of the tree page.
CREATE INDEX unit_level_division ON unit (level, division, code);

-- How many units of each level are open in a unit's subtree, itself among them; kept by each change of the tree.
CREATE TABLE unit_count (
    unit_id BIGINT NOT NULL,
    level TEXT NOT NULL,                                -- level code of the profile
    n BIGINT NOT NULL,
    PRIMARY KEY (unit_id, level)
)
-- sqlite: WITHOUT ROWID
;
INSERT INTO unit_count (unit_id, level, n)
SELECT c.ancestor_id, u.level, count(*) FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE u.closed_on IS NULL GROUP BY c.ancestor_id, u.level;
