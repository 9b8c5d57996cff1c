-- Who may know a person of level S4, and as what: named on him or on one of his cases, or its worker or supervisor.
CREATE VIEW person_seen (area_id, person_id, account_id, kind) AS
SELECT area_id, person_id, account_id, 'named' FROM person_named
UNION ALL
SELECT area_id, person_id, worker_id, 'worker' FROM casefile WHERE worker_id IS NOT NULL
UNION ALL
SELECT area_id, person_id, supervisor_id, 'supervisor' FROM casefile WHERE supervisor_id IS NOT NULL
UNION ALL
SELECT n.area_id, f.person_id, n.account_id, 'named'
  FROM case_named n JOIN casefile f ON f.area_id = n.area_id AND f.id = n.case_id;
