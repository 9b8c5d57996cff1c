-- The whole country as the table of divisions has it: a unit for each province, city, county and township (a station) and a point
-- for each village, one unit above all of them, some counters and users.  The demo's county keeps its own tree below its city.
-- bench/fill.c runs this.  Ids: the area's six digits above 43 bits, below them a number behind the block that is in use.
BEGIN;
CREATE TEMP TABLE base AS SELECT next AS n FROM id_block;
UPDATE id_block SET next = next + 400000000;
INSERT OR IGNORE INTO profile (code, name, doc, loaded_at) VALUES ('hunan', '湖南', '{}', 0);

CREATE TEMP TABLE node AS
SELECT code, name, level, coalesce(parent, '000000000000') AS parent, CAST(substr(code, 1, 6) AS INTEGER) AS area,
       (CAST(substr(code, 1, 6) AS INTEGER) << 43) + (SELECT n FROM base) + row_number() OVER (ORDER BY code) AS id
  FROM (SELECT code, name, level, parent FROM division WHERE valid_to IS NULL AND code NOT LIKE '350424%'
        UNION ALL SELECT '000000000000', '全国', 0, '');
CREATE UNIQUE INDEX temp.node_code ON node (code);
INSERT INTO unit (id, area_id, code, profile, level, parent_id, name, division, opened_on, version)
SELECT n.id, n.area, CASE n.level WHEN 5 THEN n.code WHEN 4 THEN substr(n.code, 1, 9) WHEN 3 THEN substr(n.code, 1, 6) WHEN 0 THEN '0'
                     ELSE substr(n.code, 1, 2 * n.level) END, 'hunan',
       CASE n.level WHEN 0 THEN 'country' WHEN 1 THEN 'province' WHEN 2 THEN 'city' WHEN 3 THEN 'county' WHEN 4 THEN 'station' ELSE 'point' END, p.id,
       n.name || CASE n.level WHEN 5 THEN '社工室' WHEN 4 THEN '社工站' ELSE '社工总站' END, n.code, '2020-01-01', 1
  FROM node n LEFT JOIN node p ON p.code = n.parent ORDER BY n.level, n.code;
CREATE TEMP TABLE above AS
WITH RECURSIVE up (id, above, depth) AS (SELECT id, id, 0 FROM node
               UNION ALL SELECT up.id, u.parent_id, up.depth + 1 FROM up JOIN unit u ON u.id = up.above WHERE u.parent_id IS NOT NULL)
SELECT above, id, depth FROM up;
INSERT INTO unit_closure SELECT above, id, depth FROM above ORDER BY above, id;
INSERT INTO unit_village (unit_id, division, minutes, from_on) SELECT id, code, 3 + id % 13, '2020-01-01' FROM node WHERE level = 5;

-- The demo's county is hung under its city.
INSERT INTO unit_closure
SELECT up.ancestor_id, down.descendant_id, up.depth + down.depth + 1
  FROM node city JOIN unit_closure up ON up.descendant_id = city.id
  JOIN unit top ON top.code = '350424' JOIN unit_closure down ON down.ancestor_id = top.id
 WHERE city.code = '350400000000';
UPDATE unit SET parent_id = (SELECT id FROM node WHERE code = '350400000000') WHERE code = '350424';

DELETE FROM unit_count;
INSERT INTO unit_count (unit_id, level, n)
SELECT c.ancestor_id, u.level, count(*) FROM unit_closure c JOIN unit u ON u.id = c.descendant_id GROUP BY c.ancestor_id, u.level;

-- What each station has done on one day of each month of the last year: counters, and their sums over the tree.
CREATE TEMP TABLE days AS
WITH RECURSIVE up (value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM up WHERE value < 11)
SELECT value AS m FROM up;
INSERT INTO tally (area_id, unit_id, day, measure, n)
SELECT n.area, n.id, date('now', 'start of month', '-' || d.m || ' months', '+' || (n.id % 28) || ' days'), k.measure, 1 + (n.id + d.m) % k.most
  FROM node n CROSS JOIN days d
 CROSS JOIN (SELECT 'contact' AS measure, 40 AS most UNION ALL SELECT 'minutes', 2400 UNION ALL SELECT 'case.opened', 4 UNION ALL SELECT 'case.closed', 3
             UNION ALL SELECT 'case.state:intervention', 3 UNION ALL SELECT 'person.registered', 9) k
 WHERE n.level = 4;
CREATE TEMP TABLE sums AS
SELECT a.area_id AS area, c.ancestor_id AS unit, t.day AS day, t.measure AS measure, sum(t.n) AS n
  FROM tally t JOIN unit_closure c ON c.descendant_id = t.unit_id JOIN unit a ON a.id = c.ancestor_id
 WHERE t.area_id <> 350424 OR a.area_id <> 350424
 GROUP BY 1, 2, 3, 4;
INSERT INTO tally_up (area_id, unit_id, day, measure, n) SELECT area, unit, day, measure, n FROM sums ORDER BY 1, 2, 3, 4;
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT area, unit, 'm' || substr(day, 1, 7), measure, sum(n) FROM sums GROUP BY 1, 2, 3, 4;
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT area, unit, '', measure, sum(n) FROM sums WHERE measure LIKE 'case.state:%' GROUP BY 1, 2, 4;

-- One user for the country, each province, city and county, a head for each station; the demo's password.
CREATE TEMP TABLE user AS
SELECT id AS unit_id, level, area, row_number() OVER (ORDER BY code) AS i, row_number() OVER (PARTITION BY level ORDER BY code) AS s
  FROM node WHERE level < 5;
INSERT INTO account (id, login, name, role, unit_id, password, must_change, failed, created_at, version)
SELECT (area << 43) + (SELECT n FROM base) + 1000000 + i,
       CASE level WHEN 0 THEN 'country' WHEN 1 THEN 'province' || s WHEN 2 THEN 'city' || s WHEN 3 THEN 'county' || s ELSE 'station' || s END,
       '管理员' || s, CASE WHEN level < 4 THEN 'county' ELSE 'head' END, unit_id, (SELECT password FROM account WHERE login = 'worker1'), 0, 0, 0, 1
  FROM user;
COMMIT;
