-- query: list_insert :exec
-- in: area int, id list_id, first list_id, number int, unit unit_id, kind text, title text, from date, to date?, by user_id?, at time
INSERT INTO list (area_id, id, first_id, number, unit_id, kind, title, from_on, to_on, state, by_id, at, version)
VALUES (:area, :id, :first, :number, :unit, :kind, :title, :from, :to, 'draft', :by, :at, 1);

-- query: list_update :exec
-- Of a draft; nothing happens when somebody else saved in between.
-- in: area int, id list_id, version int, title text, from date, to date?
UPDATE list SET title = :title, from_on = :from, to_on = :to, version = version + 1
 WHERE area_id = :area AND id = :id AND state = 'draft' AND version = :version;

-- query: list_void :exec
-- A draft that is not wanted.
-- in: area int, id list_id
UPDATE list SET state = 'void', version = version + 1 WHERE area_id = :area AND id = :id AND state = 'draft';

-- query: list_unvoid :exec
-- Not when another draft of it was begun since.
-- in: area int, id list_id, first list_id
UPDATE list SET state = 'draft', version = version + 1 WHERE area_id = :area AND id = :id AND state = 'void'
   AND NOT EXISTS (SELECT 1 FROM list o WHERE o.area_id = :area AND o.first_id = :first AND o.state = 'draft');

-- query: list_state_publish :exec
-- in: area int, id list_id, day date, called_by text?, meeting text?, meeting_on date?, parties text?
UPDATE list SET state = 'valid', published_on = :day, called_by = :called_by, meeting = :meeting, meeting_on = :meeting_on, parties = :parties,
       version = version + 1
 WHERE area_id = :area AND id = :id AND state = 'draft';

-- query: list_state_old :exec
-- The versions before it.
-- in: area int, first list_id, id list_id, day date
UPDATE list SET state = 'old', replaced_on = :day, version = version + 1
 WHERE area_id = :area AND first_id = :first AND id <> :id AND state = 'valid';

-- query: list_copy :exec
-- The lines of a version into the next.
-- in: area int, from list_id, to list_id
INSERT INTO list_line (area_id, list_id, line_id, text, kind, topic, source, sector, priority, audience, catalogue, content, standard, frequency,
                       record_form, party, staff_id, amount, due_on, state, reason, done, version)
SELECT area_id, :to, line_id, text, kind, topic, source, sector, priority, audience, catalogue, content, standard, frequency, record_form, party,
       staff_id, amount, due_on, state, reason, done, 1
  FROM list_line WHERE area_id = :area AND list_id = :from AND void_on IS NULL;

-- query: list_get :one
-- in: area int, id list_id
-- out: id list_id, first list_id, number int, unit unit_id, unit_name text, profile text, kind text, title text, from date, to date?, state text
-- out: called_by text?, meeting text?, meeting_on date?, parties text?, published date?, replaced date?, by_name text?, at time, version int
SELECT l.id, l.first_id, l.number, l.unit_id, u.name, u.profile, l.kind, l.title, l.from_on, l.to_on, l.state, l.called_by, l.meeting,
       l.meeting_on, l.parties, l.published_on, l.replaced_on, a.name, l.at, l.version
  FROM list l JOIN unit u ON u.id = l.unit_id LEFT JOIN account a ON a.id = l.by_id
 WHERE l.area_id = :area AND l.id = :id;

-- query: list_versions :many
-- All versions of a list, the newest first.
-- in: area int, first list_id
-- out: id list_id, number int, state text, published date?, replaced date?, lines int
SELECT l.id, l.number, l.state, l.published_on, l.replaced_on,
       (SELECT count(*) FROM list_line i WHERE i.area_id = l.area_id AND i.list_id = l.id AND i.void_on IS NULL)
  FROM list l WHERE l.area_id = :area AND l.first_id = :first AND l.state <> 'void' ORDER BY l.number DESC LIMIT 200;

-- query: list_draft :one
-- The draft of a list, and the highest number that was used.
-- in: area int, first list_id
-- out: draft int, number int
SELECT sum(CASE WHEN state = 'draft' THEN 1 ELSE 0 END), max(number) FROM list WHERE area_id = :area AND first_id = :first;

-- query: list_index :many
-- The lists of a subtree, newest first: what is in force or being drafted.  From the lists to the tree: a country has far more units.
-- in: area int, top unit_id, kind text, text text, unit unit_id, after list_id, most int
-- out: id list_id, number int, unit unit_id, unit_name text, profile text, kind text, title text, from date, to date?, state text
-- out: published date?, meeting_on date?, lines int
-- filter: area  l.area_id = :area
-- filter: kind  l.kind = :kind
-- filter: draft  l.state = 'draft'
-- filter: valid  l.state = 'valid'
-- filter: text  l.title LIKE :text OR u.name LIKE :text
-- filter: unit  l.unit_id = :unit
-- sort: new  l.id DESC  after l.id < :after
SELECT l.id, l.number, l.unit_id, u.name, u.profile, l.kind, l.title, l.from_on, l.to_on, l.state, l.published_on, l.meeting_on,
       (SELECT count(*) FROM list_line i WHERE i.area_id = l.area_id AND i.list_id = l.id AND i.void_on IS NULL)
  FROM list l LEFT JOIN unit u ON u.area_id = l.area_id AND u.id = l.unit_id
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = l.unit_id) AND l.state IN ('draft', 'valid') /*filter*/ /*sort*/
 LIMIT :most;

-- query: list_index_count :one
-- like: list_index
-- kept:
-- in: area int, top unit_id, kind text, text text, unit unit_id
-- out: total int
SELECT count(*)
  FROM list l LEFT JOIN unit u ON u.area_id = l.area_id AND u.id = l.unit_id
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = l.unit_id) AND l.state IN ('draft', 'valid') /*filter*/;

-- query: list_lines :many
-- The lines of a version in the order in which they were written.
-- in: area int, id list_id, text text, kind text, state text, source text, audience text, after line_id, most int
-- out: line line_id, text text, kind text?, topic text?, source text?, sector text?, priority text?, audience text?, catalogue text?, content text?
-- out: standard text?, frequency text?, record_form text?, party text?, staff staff_id?, staff_name text?, amount int?, due date?, state text
-- out: reason text?, done int?
-- filter: text  i.text LIKE :text OR i.party LIKE :text OR i.content LIKE :text
-- filter: kind  i.kind = :kind
-- filter: state  i.state = :state
-- filter: source  i.source = :source
-- filter: audience  i.audience = :audience
-- sort: line  i.line_id  after i.line_id > :after
SELECT i.line_id, i.text, i.kind, i.topic, i.source, i.sector, i.priority, i.audience, i.catalogue, i.content, i.standard, i.frequency,
       i.record_form, i.party, i.staff_id, s.name, i.amount, i.due_on, i.state, i.reason, i.done
  FROM list_line i LEFT JOIN staff s ON s.area_id = i.area_id AND s.id = i.staff_id
 WHERE i.area_id = :area AND i.list_id = :id AND i.void_on IS NULL /*filter*/ /*sort*/
 LIMIT :most;

-- query: list_lines_count :one
-- like: list_lines
-- in: area int, id list_id, text text, kind text, state text, source text, audience text
-- out: total int
SELECT count(*) FROM list_line i WHERE i.area_id = :area AND i.list_id = :id AND i.void_on IS NULL /*filter*/;

-- query: list_groups :many
-- How many lines of a version there are of each kind, audience, source and state, and how many are done.
-- in: area int, id list_id
-- out: kind text?, audience text?, source text?, state text, total int, done int
SELECT kind, audience, source, state, count(*), sum(CASE WHEN amount IS NOT NULL AND done >= amount THEN 1 ELSE 0 END)
  FROM list_line WHERE area_id = :area AND list_id = :id AND void_on IS NULL
 GROUP BY kind, audience, source, state ORDER BY kind, audience, source, state LIMIT 2000;

-- query: list_linked :many
-- What belongs to the lines of a page of a version, as the newest version has it.
-- in: area int, id list_id, first line_id, last line_id
-- out: line line_id, list list_id, other line_id, kind text, text text
SELECT i.line_id, l.id, o.line_id, l.kind, o.text
  FROM list_line i
  JOIN list_link k ON k.area_id = i.area_id AND (k.low_id = i.line_id OR k.high_id = i.line_id) AND k.ended_on IS NULL
  JOIN list_line o ON o.area_id = k.area_id AND o.line_id = CASE WHEN k.low_id = i.line_id THEN k.high_id ELSE k.low_id END AND o.void_on IS NULL
  JOIN list l ON l.area_id = o.area_id AND l.id = o.list_id
 WHERE i.area_id = :area AND i.list_id = :id AND i.line_id >= :first AND i.line_id <= :last AND i.void_on IS NULL
   AND l.id = (SELECT max(n.list_id) FROM list_line n JOIN list v ON v.area_id = n.area_id AND v.id = n.list_id AND v.state IN ('valid', 'draft')
                WHERE n.area_id = o.area_id AND n.line_id = o.line_id AND n.void_on IS NULL)
 ORDER BY i.line_id, l.kind, o.line_id LIMIT 1000;

-- query: list_compare :many
-- The lines of two versions that differ, side by side.
-- in: area int, was list_id, is list_id, after int, most int
-- out: line line_id, in_was bool, in_is bool
SELECT x.line_id, x.in_was, x.in_is
  FROM (SELECT i.line_id, max(CASE WHEN i.list_id = :was THEN 1 ELSE 0 END) AS in_was, max(CASE WHEN i.list_id = :is THEN 1 ELSE 0 END) AS in_is,
               count(DISTINCT COALESCE(i.text, '') || '|' || COALESCE(i.kind, '') || '|' || COALESCE(i.topic, '') || '|' || COALESCE(i.source, '')
                     || '|' || COALESCE(i.sector, '') || '|' || COALESCE(i.priority, '') || '|' || COALESCE(i.audience, '') || '|'
                     || COALESCE(i.catalogue, '') || '|' || COALESCE(i.content, '') || '|' || COALESCE(i.standard, '') || '|'
                     || COALESCE(i.frequency, '') || '|' || COALESCE(i.record_form, '') || '|' || COALESCE(i.party, '') || '|'
                     || COALESCE(CAST(i.staff_id AS TEXT), '') || '|' || COALESCE(CAST(i.amount AS TEXT), '') || '|' || COALESCE(i.due_on, '')
                     || '|' || i.state || '|' || COALESCE(CAST(i.done AS TEXT), '')) AS texts
          FROM list_line i WHERE i.area_id = :area AND i.list_id IN (:was, :is) AND i.void_on IS NULL GROUP BY i.line_id) x
 WHERE (x.in_was = 0 OR x.in_is = 0 OR x.texts > 1) AND x.line_id > :after
 ORDER BY x.line_id LIMIT :most;

-- query: list_sides :many
-- The lines of two versions within a range, the older version first.
-- in: area int, was list_id, is list_id, first line_id, last line_id
-- out: list list_id, line line_id, text text, kind text?, topic text?, source text?, sector text?, priority text?, audience text?, catalogue text?
-- out: content text?, standard text?, frequency text?, record_form text?, party text?, staff staff_id?, staff_name text?, amount int?, due date?
-- out: state text, reason text?, done int?
SELECT i.list_id, i.line_id, i.text, i.kind, i.topic, i.source, i.sector, i.priority, i.audience, i.catalogue, i.content, i.standard, i.frequency,
       i.record_form, i.party, i.staff_id, s.name, i.amount, i.due_on, i.state, i.reason, i.done
  FROM list_line i LEFT JOIN staff s ON s.area_id = i.area_id AND s.id = i.staff_id
 WHERE i.area_id = :area AND i.list_id IN (:was, :is) AND i.line_id >= :first AND i.line_id <= :last AND i.void_on IS NULL
 ORDER BY i.line_id, i.list_id LIMIT 4000;
