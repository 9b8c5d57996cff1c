-- A small database as it was after step 0009 of the schema; src/db/migrate_test.c brings it up to date and finds it again.
-- People are made up.
INSERT INTO profile (code, name, doc, loaded_at) VALUES ('ninghua', 'n', '{}', 0);
INSERT INTO unit (id, area_id, code, profile, level, parent_id, name, division, opened_on, version) VALUES
 (3082365119987713, 350424, 'NH', 'ninghua', 'general', NULL, '宁化县社工总站', '350424000000', '2020-01-01', 1),
 (3082365119987714, 350424, 'CJ', 'ninghua', 'station', 3082365119987713, '翠江镇社工站', '350424100000', '2020-01-01', 1),
 (3082365119987715, 350424, 'QS', 'ninghua', 'station', 3082365119987713, '泉上镇社工站', '350424101000', '2020-01-01', 1);
INSERT INTO unit_closure (ancestor_id, descendant_id, depth) VALUES
 (3082365119987713, 3082365119987713, 0), (3082365119987714, 3082365119987714, 0), (3082365119987715, 3082365119987715, 0),
 (3082365119987713, 3082365119987714, 1), (3082365119987713, 3082365119987715, 1);
INSERT INTO account (id, login, name, role, unit_id, password, must_change, failed, created_at, version) VALUES
 (11, 'worker', '周雨晴', 'worker', 3082365119987714, 'x', 0, 0, 1700000000000, 1);
INSERT INTO session (id, secret_hash, account_id, started_at, seen_at, expires_at, ip, agent) VALUES (12, 'h', 11, 1, 1, 9000000000000, '', '');
INSERT INTO household (area_id, id, no, unit_id, opened_on, version) VALUES (350424, 20, 'H1', 3082365119987714, '2024-03-01', 1);
-- 21 lives where he was registered; 22 moved on from there; 23 came before registrations were counted.
INSERT INTO person (area_id, id, unit_id, household_id, name, pinyin, sex, born, categories, level, created_at, updated_at, version) VALUES
 (350424, 21, 3082365119987714, 20, '张三', 'zhang san', '1', '1950-01-01', 'A01,B03', 1, 1709251200000, 1709251200000, 1),
 (350424, 22, 3082365119987715, NULL, '李四', 'li si', '2', NULL, '', 0, 1709254800000, 1709254800000, 2),
 (350424, 23, 3082365119987715, NULL, '王五', 'wang wu', '2', NULL, '', 0, 1709339400000, 1709339400000, 1);
INSERT INTO person_term (area_id, term, person_id) VALUES (350424, 'n:张三', 21), (350424, 'i:zs', 21);
INSERT INTO person_move (area_id, id, person_id, on_date, from_unit_id, to_unit_id) VALUES (350424, 30, 22, '2024-05-01', 3082365119987714, 3082365119987715);
INSERT INTO person_category (area_id, id, person_id, category, from_on, to_on, source) VALUES
 (350424, 31, 21, 'A01', '2024-03-01', NULL, 'list'), (350424, 32, 21, 'B03', '2024-09-01', NULL, 'list'),
 (350424, 33, 21, 'C01', '2023-01-01', '2024-01-01', 'list');
INSERT INTO member (area_id, id, household_id, person_id, relation, from_on) VALUES (350424, 34, 20, 21, '01', '2024-03-01');
INSERT INTO casefile (area_id, id, no, unit_id, person_id, client_kind, grade, state, crisis, code, level, worker_id, opened_on, opened_at,
 contacts, minutes, version) VALUES
 (350424, 40, 'CJ-2024-0001', 3082365119987714, 21, 'person', 'professional', 'assessment', 0, '1.2', 2, 11, '2024-04-01', 1711936800000, 1, 45, 3);
INSERT INTO case_form (area_id, id, case_id, form, seq, version, form_version, status, current, doc, filled_by, filled_on, saved_at, saves) VALUES
 (350424, 41, 40, 'A', 1, 1, 1, 'submitted', 1, '{"reason":"独居，需要照料"}', 11, '2024-04-01', 1711936800000, 2);
INSERT INTO case_record (area_id, id, case_id, form_id, unit_id, person_id, worker_id, kind, on_date, start_at, minutes, unplanned) VALUES
 (350424, 42, 40, 41, 3082365119987714, 21, 11, 'visit', '2024-04-02', 1712023200000, 45, 0);
INSERT INTO case_event (area_id, id, case_id, at, account_id, kind, from_state, to_state) VALUES
 (350424, 43, 40, 1711936800000, 11, 'state', NULL, 'intake'), (350424, 44, 40, 1712023200000, 11, 'state', 'intake', 'assessment');
INSERT INTO case_file (area_id, id, case_id, form_id, field, name, type, size, hash, level, by_id, at) VALUES
 (350424, 45, 40, 41, 'photos_files', '家访.jpg', 'image/jpeg', 5, 'abc', 2, 11, 1712023200000);
INSERT INTO audit (area_id, id, at, account_id, account_name, action, entity, entity_id, ip) VALUES
 (350424, 50, 1711936800000, 11, '周雨晴', 'create', 'case', 40, '127.0.0.1');
-- What the counters said then: one registration was never counted, one category too many was.
INSERT INTO tally (area_id, unit_id, day, measure, n) VALUES
 (350424, 3082365119987714, '2024-03-01', 'person.registered', 1),
 (350424, 3082365119987714, '2024-04-01', 'case.opened', 1), (350424, 3082365119987714, '2024-04-01', 'case.opened:A01', 1),
 (350424, 3082365119987714, '2024-04-01', 'case.opened:B03', 1), (350424, 3082365119987714, '2024-04-01', 'case.code:1.2', 1),
 (350424, 3082365119987714, '2024-04-01', 'case.state:intake', 1), (350424, 3082365119987714, '2024-04-02', 'case.state:intake', -1),
 (350424, 3082365119987714, '2024-04-02', 'case.state:assessment', 1), (350424, 3082365119987714, '2024-04-02', 'contact', 1),
 (350424, 3082365119987714, '2024-04-02', 'minutes', 45);
INSERT INTO served (area_id, unit_id, day, person_id, times) VALUES (350424, 3082365119987714, '2024-04-02', 21, 1);
UPDATE id_block SET next = 1048577;
