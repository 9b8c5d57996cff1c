-- query: import_insert :exec
-- in: area int, id import_id, unit unit_id, by user_id, file_name text, file_path text, mapping text, report_path text, at time
INSERT INTO import (area_id, id, unit_id, by_id, file_name, file_path, state, mapping, rows_n, good_n, bad_n, known_n, done_n, report_path, at)
VALUES (:area, :id, :unit, :by, :file_name, :file_path, 'mapping', :mapping, 0, 0, 0, 0, 0, :report_path, :at);

-- query: import_get :one
-- in: area int, id import_id
-- out: unit unit_id, file_name text, file_path text, state text, mapping text, rows_n int, good int, bad int, known int, done int
-- out: report_path text?, why text?, at time, unit_name text, first int, last int
SELECT i.unit_id, i.file_name, i.file_path, i.state, i.mapping, i.rows_n, i.good_n, i.bad_n, i.known_n, i.done_n, i.report_path, i.why,
       i.at, u.name, coalesce(i.first_id, i.id), coalesce(i.last_id, 9223372036854775807)
  FROM import i JOIN unit u ON u.id = i.unit_id WHERE i.area_id = :area AND i.id = :id;

-- query: import_list :many
-- in: area int, top unit_id
-- out: id import_id, file_name text, state text, rows_n int, good int, bad int, known int, at time, by_name text, unit_name text
SELECT i.id, i.file_name, i.state, i.rows_n, i.good_n, i.bad_n, i.known_n, i.at, a.name, u.name
  FROM import i JOIN account a ON a.id = i.by_id JOIN unit u ON u.id = i.unit_id
 WHERE i.area_id = :area AND i.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = :top)
 ORDER BY i.id DESC LIMIT 100;

-- query: import_mapping :exec
-- in: area int, id import_id, mapping text
UPDATE import SET mapping = :mapping, state = 'mapping' WHERE area_id = :area AND id = :id AND state IN ('mapping', 'checked');

-- query: import_state :exec
-- in: area int, id import_id, state text, before text
UPDATE import SET state = :state WHERE area_id = :area AND id = :id AND state = :before;

-- query: heading_of :one
-- in: unit unit_id, heading text
-- out: field text
SELECT field FROM heading WHERE unit_id = :unit AND heading = :heading;

-- query: heading_save :exec
-- in: unit unit_id, heading text, field text
INSERT INTO heading (unit_id, heading, field) VALUES (:unit, :heading, :field)
ON CONFLICT (unit_id, heading) DO UPDATE SET field = excluded.field;
