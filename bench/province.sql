-- A province (Hunan's real divisions) beside the demo's county: province, cities, counties, stations, accounts; then, behind the
-- line "people", cases and records as copies of the demo's.  bench/fill.c fills temp.wanted and runs the two parts.
-- Ids: the area's six digits above 43 bits, below them a number behind the block that is in use.
BEGIN;
CREATE TEMP TABLE base AS SELECT next AS n FROM id_block;
UPDATE id_block SET next = next + 400000000;
INSERT OR IGNORE INTO profile (code, name, doc, loaded_at) VALUES ('hunan', '湖南', '{}', 0);

CREATE TEMP TABLE town AS SELECT code, parent, name FROM division
 WHERE level = 4 AND code LIKE '43%' AND valid_to IS NULL ORDER BY code LIMIT (SELECT stations FROM wanted);
CREATE TEMP TABLE place AS
SELECT code, name, level, parent FROM division WHERE code = '430000000000'
UNION ALL SELECT code, name, level, parent FROM division WHERE level = 2 AND code IN (SELECT substr(code, 1, 4) || '00000000' FROM town)
UNION ALL SELECT code, name, level, parent FROM division WHERE level = 3 AND code IN (SELECT parent FROM town)
UNION ALL SELECT code, name, 4, parent FROM town;
CREATE TEMP TABLE node AS
SELECT code, name, level, parent, CAST(substr(code, 1, 6) AS INTEGER) AS area,
       (CAST(substr(code, 1, 6) AS INTEGER) << 43) + (SELECT n FROM base) + row_number() OVER (ORDER BY code) AS id FROM place;
CREATE INDEX temp.node_code ON node (code);
INSERT INTO unit (id, area_id, code, profile, level, parent_id, name, division, opened_on, version)
SELECT n.id, n.area, CASE n.level WHEN 4 THEN substr(n.code, 1, 9) WHEN 3 THEN substr(n.code, 1, 6) ELSE substr(n.code, 1, 2 * n.level) END, 'hunan',
       CASE n.level WHEN 1 THEN 'province' WHEN 2 THEN 'city' WHEN 3 THEN 'county' ELSE 'station' END, p.id,
       n.name || CASE n.level WHEN 4 THEN '社工站' ELSE '社工总站' END, n.code, '2020-01-01', 1
  FROM node n LEFT JOIN node p ON p.code = n.parent ORDER BY n.level;
INSERT INTO unit_closure SELECT id, id, 0 FROM node;
INSERT INTO unit_closure SELECT p.id, n.id, 1 FROM node n JOIN node p ON p.code = n.parent;
INSERT INTO unit_closure SELECT g.id, n.id, 2 FROM node n JOIN node p ON p.code = n.parent JOIN node g ON g.code = p.parent;
INSERT INTO unit_closure SELECT r.id, n.id, 3 FROM node n JOIN node p ON p.code = n.parent JOIN node g ON g.code = p.parent JOIN node r ON r.code = g.parent;

DELETE FROM unit_count;
INSERT INTO unit_count (unit_id, level, n)
SELECT c.ancestor_id, u.level, count(*) FROM unit_closure c JOIN unit u ON u.id = c.descendant_id GROUP BY c.ancestor_id, u.level;

-- A head and eleven workers for each station, one user for each county, city and the province; the demo's password.
CREATE TEMP TABLE user AS
SELECT n.id AS unit_id, n.level, k.value AS k, row_number() OVER (ORDER BY n.code, k.value) AS i, n.area,
       row_number() OVER (PARTITION BY n.level, k.value ORDER BY n.code) AS s
  FROM node n JOIN (WITH RECURSIVE up (value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM up WHERE value < 11) SELECT value FROM up) k ON k.value = 0 OR n.level = 4;
INSERT INTO account (id, login, name, role, unit_id, password, must_change, failed, created_at, version)
SELECT (area << 43) + (SELECT n FROM base) + 100000 + i,
       CASE level WHEN 4 THEN 's' || s || 'w' || k WHEN 3 THEN 'county' || s WHEN 2 THEN 'city' || s ELSE 'province' END,
       CASE level WHEN 4 THEN '社工' || s || '-' || k ELSE '管理员' || s END, CASE WHEN level < 4 THEN 'county' WHEN k = 0 THEN 'head' ELSE 'worker' END,
       unit_id, (SELECT password FROM account WHERE login = 'worker1'), 0, 0, 0, 1
  FROM user;

-- Twelve or thirteen members of staff for each station, 20,000 of 1,600: each has a post, a third a certificate, all an education.
CREATE TEMP TABLE member AS
SELECT n.id AS unit_id, n.area, row_number() OVER (ORDER BY n.code, k.value) AS i, k.value AS k
  FROM node n JOIN (WITH RECURSIVE up (value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM up WHERE value < 12) SELECT value FROM up) k
    ON n.level = 4 AND (k.value < 12 OR n.id % 2 = 0);
INSERT INTO staff (area_id, id, unit_id, name, sex, employment, education, major, political, service_from, started_on, version)
SELECT area, (area << 43) + (SELECT n FROM base) + 200000 + i, unit_id, '社工' || i, CASE i % 2 WHEN 0 THEN '1' ELSE '2' END,
       CASE i % 8 WHEN 0 THEN 'part' ELSE 'full' END, CASE i % 4 WHEN 0 THEN '21' ELSE '31' END, CASE i % 3 WHEN 0 THEN '社会工作' ELSE '会计' END,
       CASE i % 5 WHEN 0 THEN '01' ELSE '13' END, '2019-03-01', '2020-03-01', 1
  FROM member;
INSERT INTO certificate (area_id, id, staff_id, level, number, issued_on)
SELECT area, (area << 43) + (SELECT n FROM base) + 300000 + i, (area << 43) + (SELECT n FROM base) + 200000 + i, CASE i % 9 WHEN 0 THEN '2' ELSE '1' END, i,
       '2021-06-01' FROM member WHERE i % 3 = 0;
INSERT INTO post (area_id, id, unit_id, staff_id, kind, from_on)
SELECT area, (area << 43) + (SELECT n FROM base) + 400000 + i, unit_id, (area << 43) + (SELECT n FROM base) + 200000 + i,
       CASE k WHEN 0 THEN 'head' WHEN 1 THEN 'supervisor' ELSE 'worker' END, '2020-03-01' FROM member;
INSERT INTO entry (area_id, id, ledger, unit_id, staff_id, kind, title, on_date, amount, at, version)
SELECT area, (area << 43) + (SELECT n FROM base) + 500000 + i, 'training', unit_id, (area << 43) + (SELECT n FROM base) + 200000 + i, 'onboarding', '岗前培训',
       '2020-02-20', 8, 0, 1 FROM member;
COMMIT;
-- people
BEGIN;
CREATE TEMP TABLE base AS SELECT next - 400000000 AS n FROM id_block;
UPDATE base SET n = (SELECT min(id & ((1 << 43) - 1)) - 1 FROM unit WHERE profile = 'hunan');
CREATE TEMP TABLE model AS SELECT id, contacts, row_number() OVER (ORDER BY id) - 1 AS i, count(*) OVER () AS many FROM casefile
 WHERE area_id = 350424 AND level < 4;
CREATE TEMP TABLE client AS
SELECT p.area_id, p.id, p.unit_id, p.household_id, row_number() OVER (PARTITION BY p.area_id, p.unit_id ORDER BY p.id) AS i
  FROM person p WHERE p.area_id IN (SELECT area_id FROM unit WHERE profile = 'hunan' AND level = 'station') AND p.level < 4;
CREATE TEMP TABLE worker AS
SELECT a.unit_id, a.id, row_number() OVER (PARTITION BY a.unit_id ORDER BY a.id) - 1 AS i FROM account a JOIN unit u ON u.id = a.unit_id
 WHERE u.profile = 'hunan' AND a.role = 'worker';
CREATE INDEX temp.worker_unit ON worker (unit_id, i);
CREATE TEMP TABLE copy AS
SELECT m.id AS old, c.area_id, (c.area_id << 43) + (SELECT n FROM base) + 1000000 + row_number() OVER (ORDER BY c.i, c.unit_id) AS id,
       c.unit_id, c.id AS person_id, c.household_id, w.id AS worker_id, u.code || '-2025-' || printf('%04d', c.i) AS no, c.i
  FROM client c JOIN model m ON m.i = (c.i * 7 + c.unit_id % 89) % m.many
  JOIN worker w ON w.unit_id = c.unit_id AND w.i = c.i % 11 JOIN unit u ON u.id = c.unit_id
 ORDER BY c.i, c.unit_id LIMIT (SELECT cases FROM wanted);
DROP TABLE client;
CREATE INDEX temp.copy_old ON copy (old);
INSERT INTO casefile
SELECT k.area_id, k.id, k.no, k.unit_id, k.person_id, k.household_id, f.client_kind, f.grade, f.state, f.suspended_from, f.source,
       f.urgency, f.risk, f.risk_flags, f.crisis, f.service_category, f.code, f.level, k.worker_id, NULL,
       date(f.opened_on, '-' || (k.i % 400) || ' days'), f.opened_at, f.decided_on, f.decision, f.closed_on, f.close_reason, f.close_sub,
       f.outcome, f.last_on, f.next_on, f.due_at, f.due_kind, f.contacts, f.minutes, f.version
  FROM copy k JOIN casefile f ON f.area_id = 350424 AND f.id = k.old ORDER BY k.area_id, k.id;

-- Forms once; records (E) as often as it takes to come to the number that is wanted, a week apart.
CREATE TEMP TABLE times AS
SELECT max(1, (SELECT records FROM wanted) / max(1, (SELECT count(*) FROM copy k JOIN case_form f ON f.area_id = 350424 AND f.case_id = k.old
       AND f.form = 'E' AND f.status <> 'draft'))) AS n;
CREATE TEMP TABLE form AS
SELECT f.id AS old, k.area_id, k.id AS case_id, k.worker_id, 0 AS again, f.form FROM copy k JOIN case_form f ON f.area_id = 350424 AND f.case_id = k.old
UNION ALL
SELECT f.id, k.area_id, k.id, k.worker_id, t.value, f.form FROM copy k JOIN case_form f ON f.area_id = 350424 AND f.case_id = k.old
  JOIN (WITH RECURSIVE up (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM up WHERE value < 200) SELECT value FROM up) t
       ON t.value < (SELECT n FROM times)
 WHERE f.form = 'E' AND f.status <> 'draft';
INSERT INTO case_form
SELECT m.area_id, (m.area_id << 43) + (SELECT n FROM base) + 10000000 + m.rowid, m.case_id, f.form, f.seq + 100 * m.again, f.version, f.form_version,
       f.status, f.current, f.doc, NULL, m.worker_id, date(f.filled_on, '-' || (m.again * 7) || ' days'), f.submitted_at, NULL, f.reviewed_at, f.review,
       f.saved_at, f.saves
  FROM form m JOIN case_form f ON f.area_id = 350424 AND f.id = m.old ORDER BY m.area_id, m.rowid;
CREATE TEMP TABLE old_record AS SELECT * FROM case_record WHERE area_id = 350424;
CREATE INDEX temp.old_record_form ON old_record (form_id);
INSERT INTO case_record
SELECT m.area_id, (m.area_id << 43) + (SELECT n FROM base) + 100000000 + m.rowid, m.case_id, (m.area_id << 43) + (SELECT n FROM base) + 10000000 + m.rowid,
       k.unit_id, k.person_id, m.worker_id, r.kind, date(r.on_date, '-' || (m.again * 7) || ' days'), r.start_at - m.again * 604800000, r.minutes, r.unplanned
  FROM form m JOIN old_record r ON r.form_id = m.old JOIN casefile k ON k.area_id = m.area_id AND k.id = m.case_id
 WHERE m.form = 'E' ORDER BY m.area_id, m.rowid;
INSERT INTO case_event
SELECT k.area_id, (k.area_id << 43) + (SELECT n FROM base) + 200000000 + row_number() OVER (), k.id, e.at, k.worker_id, e.kind, e.from_state, e.to_state, e.reason
  FROM copy k JOIN case_event e ON e.area_id = 350424 AND e.case_id = k.old ORDER BY k.area_id, k.id;
INSERT INTO consent
SELECT k.area_id, (k.area_id << 43) + (SELECT n FROM base) + 300000000 + row_number() OVER (), k.person_id, k.id, s.kind, s.text_version, s.capacity, s.given_by,
       s.relation, s.way, s.receiver, s.legal_basis, s.given_on, s.withdrawn_on, s.withdrawn_why, k.worker_id
  FROM copy k JOIN consent s ON s.area_id = 350424 AND s.case_id = k.old ORDER BY k.area_id, k.id;
UPDATE casefile SET contacts = r.n, minutes = r.m, last_on = r.l
  FROM (SELECT area_id, case_id, count(*) AS n, sum(minutes) AS m, max(on_date) AS l FROM case_record GROUP BY area_id, case_id) r
 WHERE casefile.area_id = r.area_id AND casefile.id = r.case_id AND casefile.area_id <> 350424;

-- The counters, as the program would have kept them.
INSERT INTO served SELECT area_id, unit_id, on_date, person_id, count(*) FROM case_record WHERE area_id <> 350424 GROUP BY area_id, unit_id, on_date, person_id;
INSERT INTO tally (area_id, unit_id, day, measure, n)
SELECT area_id, unit_id, on_date, 'contact', count(*) FROM case_record WHERE area_id <> 350424 GROUP BY area_id, unit_id, on_date
UNION ALL SELECT area_id, unit_id, on_date, 'minutes', sum(minutes) FROM case_record WHERE area_id <> 350424 GROUP BY area_id, unit_id, on_date
UNION ALL SELECT area_id, unit_id, opened_on, 'case.opened', count(*) FROM casefile WHERE area_id <> 350424 GROUP BY area_id, unit_id, opened_on
UNION ALL SELECT area_id, unit_id, opened_on, 'case.code:' || code, count(*) FROM casefile WHERE area_id <> 350424 AND code IS NOT NULL GROUP BY area_id, unit_id, opened_on, code
UNION ALL SELECT area_id, unit_id, closed_on, 'case.closed', count(*) FROM casefile WHERE area_id <> 350424 AND closed_on IS NOT NULL GROUP BY area_id, unit_id, closed_on
UNION ALL SELECT area_id, unit_id, closed_on, 'case.closed:' || coalesce(close_sub, close_reason), count(*) FROM casefile
           WHERE area_id <> 350424 AND closed_on IS NOT NULL AND close_reason IS NOT NULL GROUP BY area_id, unit_id, closed_on, coalesce(close_sub, close_reason)
UNION ALL SELECT area_id, unit_id, day, measure, sum(n) FROM (
          SELECT e.area_id, c.unit_id, date(e.at / 1000 + 28800, 'unixepoch') AS day, 'case.state:' || e.to_state AS measure, 1 AS n
            FROM case_event e JOIN casefile c ON c.area_id = e.area_id AND c.id = e.case_id WHERE e.area_id <> 350424 AND e.kind = 'state' AND e.to_state IS NOT NULL
          UNION ALL
          SELECT e.area_id, c.unit_id, date(e.at / 1000 + 28800, 'unixepoch'), 'case.state:' || e.from_state, -1
            FROM case_event e JOIN casefile c ON c.area_id = e.area_id AND c.id = e.case_id WHERE e.area_id <> 350424 AND e.kind = 'state' AND e.from_state IS NOT NULL)
 GROUP BY area_id, unit_id, day, measure HAVING sum(n) <> 0
UNION ALL SELECT area_id, unit_id, date(created_at / 1000 + 28800, 'unixepoch'), 'person.registered', count(*) FROM person WHERE area_id <> 350424 GROUP BY 1, 2, 3;

-- The sums over the tree, as the migration that made them.
DELETE FROM tally_up;
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT a.area_id, a.id, t.day, t.measure, sum(t.n)
  FROM tally t JOIN unit_closure c ON c.descendant_id = t.unit_id JOIN unit a ON a.id = c.ancestor_id
 GROUP BY a.area_id, a.id, t.day, t.measure;
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT area_id, unit_id, '', measure, sum(n) FROM tally_up WHERE measure LIKE 'case.state:%' GROUP BY area_id, unit_id, measure;
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT f.area, f.unit, f.first, f.measure, count(*)
  FROM (SELECT a.area_id AS area, a.id AS unit, s.area_id AS at, s.person_id, k.measure AS measure, min(s.day) AS first
          FROM served s JOIN unit_closure c ON c.descendant_id = s.unit_id JOIN unit a ON a.id = c.ancestor_id
         CROSS JOIN (SELECT 'person.month' AS measure UNION ALL SELECT 'person.quarter' UNION ALL SELECT 'person.year') k
         GROUP BY a.area_id, a.id, s.area_id, s.person_id, k.measure,
              CASE k.measure WHEN 'person.month' THEN substr(s.day, 1, 7) WHEN 'person.year' THEN substr(s.day, 1, 4)
              ELSE substr(s.day, 1, 5) || CASE WHEN substr(s.day, 6, 2) < '04' THEN '1' WHEN substr(s.day, 6, 2) < '07' THEN '2'
                                               WHEN substr(s.day, 6, 2) < '10' THEN '3' ELSE '4' END END) f
 GROUP BY f.area, f.unit, f.first, f.measure;
-- The sums of a month stand beside those of its days, under the day "m2026-11": a year is read from twelve rows instead of 365.
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT area_id, unit_id, 'm' || substr(day, 1, 7), measure, sum(n) FROM tally_up WHERE day <> ''
 GROUP BY area_id, unit_id, substr(day, 1, 7), measure;
COMMIT;
