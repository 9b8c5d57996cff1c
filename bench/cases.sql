-- Copies of the demo's cases, with all that belongs to them, each for a client of its own in the same station.
-- bench/fill.c runs this with temp.wanted (cases) filled; new ids begin behind the block that is in use.
BEGIN;
CREATE TEMP TABLE base AS SELECT (350424 << 43) + next AS id FROM id_block;
UPDATE id_block SET next = next + 100000000;

-- Somebody who sees the whole county, to export it.
INSERT INTO account (id, login, name, role, unit_id, password, must_change, failed, created_at, version)
SELECT (SELECT id FROM base), 'wide', '督导', 'supervisor', u.id, a.password, 0, 0, 0, 1
  FROM account a JOIN unit u ON u.area_id = 350424 AND u.level = 'general' WHERE a.login = 'supervisor';

-- The demo's cases, longest first; three quarters of the copies are of those with four contacts or more.
CREATE TEMP TABLE model AS
SELECT id, unit_id, no, row_number() OVER (PARTITION BY unit_id, contacts >= 4 ORDER BY id) - 1 AS i,
       count(*) OVER (PARTITION BY unit_id, contacts >= 4) AS many, contacts >= 4 AS long
  FROM casefile;
CREATE TEMP TABLE client AS
SELECT id, unit_id, household_id, row_number() OVER (PARTITION BY unit_id ORDER BY id) AS i
  FROM person p WHERE level < 4 AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.area_id = p.area_id AND c.person_id = p.id);
CREATE TEMP TABLE copy AS
SELECT m.id AS old, (SELECT id FROM base) + row_number() OVER (ORDER BY c.i, c.unit_id) AS id, c.id AS person_id, c.household_id,
       m.no || '-' || c.i AS no, c.i
  FROM client c JOIN model m ON m.unit_id = c.unit_id AND m.long = (c.i % 4 < 3) AND m.i = (c.i * 7) % m.many
 ORDER BY c.i, c.unit_id LIMIT (SELECT cases FROM wanted);
CREATE INDEX temp.copy_old ON copy (old);

INSERT INTO casefile
SELECT f.area_id, k.id, k.no, f.unit_id, k.person_id, k.household_id, f.client_kind, f.grade, f.state, f.suspended_from, f.source,
       f.urgency, f.risk, f.risk_flags, f.crisis, f.service_category, f.code, min(f.level, 3), f.worker_id, f.supervisor_id,
       date(f.opened_on, '-' || (k.i % 40) || ' days'), f.opened_at, f.decided_on, f.decision, f.closed_on, f.close_reason, f.close_sub,
       f.outcome, f.last_on, f.next_on, f.due_at, f.due_kind, f.contacts, f.minutes, f.version
  FROM copy k JOIN casefile f ON f.id = k.old;

-- The forms; of long cases the records (E) twice, as they would be after a year.
CREATE TEMP TABLE form AS
SELECT f.id AS old, k.id AS case_id, t.again, (SELECT id FROM base) + 10000000 + row_number() OVER () AS id
  FROM copy k JOIN case_form f ON f.area_id = 350424 AND f.case_id = k.old
  JOIN (SELECT 0 AS again UNION ALL SELECT 100) t ON t.again = 0 OR (f.form = 'E' AND f.status <> 'draft' AND k.i % 4 < 3);
INSERT INTO case_form
SELECT f.area_id, m.id, m.case_id, f.form, f.seq + m.again, f.version, f.form_version, f.status, f.current, f.doc, NULL, f.filled_by,
       f.filled_on, f.submitted_at, f.reviewed_by, f.reviewed_at, f.review, f.saved_at, f.saves
  FROM form m JOIN case_form f ON f.area_id = 350424 AND f.id = m.old;
CREATE INDEX temp.form_old ON form (old);
INSERT INTO case_record
SELECT r.area_id, m.id + 20000000, m.case_id, m.id, r.unit_id, k.person_id, r.worker_id, r.kind, r.on_date, r.start_at, r.minutes, r.unplanned
  FROM case_record r JOIN form m ON m.old = r.form_id JOIN casefile k ON k.area_id = 350424 AND k.id = m.case_id;
INSERT INTO case_event
SELECT e.area_id, (SELECT id FROM base) + 50000000 + row_number() OVER (), k.id, e.at, e.account_id, e.kind, e.from_state, e.to_state, e.reason
  FROM copy k JOIN case_event e ON e.area_id = 350424 AND e.case_id = k.old;
INSERT INTO case_tick
SELECT t.area_id, k.id, t.item, t.state, t.reason, t.by_id, t.at FROM copy k JOIN case_tick t ON t.area_id = 350424 AND t.case_id = k.old;
INSERT INTO case_follow
SELECT f.area_id, (SELECT id FROM base) + 80000000 + row_number() OVER (), k.id, f.on_date, f.way, f.worker_id, NULL, f.cancelled
  FROM copy k JOIN case_follow f ON f.area_id = 350424 AND f.case_id = k.old;
INSERT INTO consent
SELECT s.area_id, (SELECT id FROM base) + 90000000 + row_number() OVER (), k.person_id, k.id, s.kind, s.text_version, s.capacity, s.given_by,
       s.relation, s.way, s.receiver, s.legal_basis, s.given_on, s.withdrawn_on, s.withdrawn_why, s.by_id
  FROM copy k JOIN consent s ON s.area_id = 350424 AND s.case_id = k.old;
COMMIT;
