-- query: line_insert :exec
-- in: area int, list list_id, line line_id, text text, kind text?, topic text?, source text?, sector text?, priority text?, audience text?
-- in: catalogue text?, content text?, standard text?, frequency text?, record_form text?, party text?, staff staff_id?, amount int?, due date?, state text
INSERT INTO list_line (area_id, list_id, line_id, text, kind, topic, source, sector, priority, audience, catalogue, content, standard, frequency,
                       record_form, party, staff_id, amount, due_on, state, version)
VALUES (:area, :list, :line, :text, :kind, :topic, :source, :sector, :priority, :audience, :catalogue, :content, :standard, :frequency,
        :record_form, :party, :staff, :amount, :due, :state, 1);

-- query: line_update :exec
-- Of a draft; nothing happens when somebody else saved in between.
-- in: area int, list list_id, line line_id, version int, text text, kind text?, topic text?, source text?, sector text?, priority text?
-- in: audience text?, catalogue text?, content text?, standard text?, frequency text?, record_form text?, party text?, staff staff_id?
-- in: amount int?, due date?
UPDATE list_line SET text = :text, kind = :kind, topic = :topic, source = :source, sector = :sector, priority = :priority, audience = :audience,
       catalogue = :catalogue, content = :content, standard = :standard, frequency = :frequency, record_form = :record_form, party = :party,
       staff_id = :staff, amount = :amount, due_on = :due, version = version + 1
 WHERE area_id = :area AND list_id = :list AND line_id = :line AND version = :version AND void_on IS NULL
   AND EXISTS (SELECT 1 FROM list l WHERE l.area_id = :area AND l.id = :list AND l.state = 'draft');

-- query: line_void :exec
-- in: area int, list list_id, line line_id, day date
UPDATE list_line SET void_on = :day, version = version + 1
 WHERE area_id = :area AND list_id = :list AND line_id = :line AND void_on IS NULL
   AND EXISTS (SELECT 1 FROM list l WHERE l.area_id = :area AND l.id = :list AND l.state = 'draft');

-- query: line_restore :exec
-- in: area int, list list_id, line line_id
UPDATE list_line SET void_on = NULL, version = version + 1
 WHERE area_id = :area AND list_id = :list AND line_id = :line AND void_on IS NOT NULL
   AND EXISTS (SELECT 1 FROM list l WHERE l.area_id = :area AND l.id = :list AND l.state = 'draft');

-- query: line_progress :exec
-- The state of a line in the version in force and in the draft of the next; what was replaced stays as it was.
-- in: area int, line line_id, state text, reason text?, done int?
UPDATE list_line SET state = :state, reason = :reason, done = :done, version = version + 1
 WHERE area_id = :area AND line_id = :line AND void_on IS NULL
   AND list_id IN (SELECT l.id FROM list l WHERE l.area_id = :area AND l.state IN ('draft', 'valid'));

-- query: line_get :one
-- in: area int, list list_id, line line_id
-- out: text text, kind text?, topic text?, source text?, sector text?, priority text?, audience text?, catalogue text?, content text?, standard text?
-- out: frequency text?, record_form text?, party text?, staff staff_id?, staff_name text?, amount int?, due date?, state text, reason text?, done int?
-- out: void_on date?, version int
SELECT i.text, i.kind, i.topic, i.source, i.sector, i.priority, i.audience, i.catalogue, i.content, i.standard, i.frequency, i.record_form,
       i.party, i.staff_id, s.name, i.amount, i.due_on, i.state, i.reason, i.done, i.void_on, i.version
  FROM list_line i LEFT JOIN staff s ON s.area_id = i.area_id AND s.id = i.staff_id
 WHERE i.area_id = :area AND i.list_id = :list AND i.line_id = :line;

-- query: link_put :exec
-- in: area int, low line_id, high line_id
INSERT INTO list_link (area_id, low_id, high_id) VALUES (:area, :low, :high)
ON CONFLICT (area_id, low_id, high_id) DO UPDATE SET ended_on = NULL;

-- query: link_end :exec
-- in: area int, low line_id, high line_id, day date
UPDATE list_link SET ended_on = :day WHERE area_id = :area AND low_id = :low AND high_id = :high AND ended_on IS NULL;

-- query: line_links :many
-- What belongs to a line, as the newest version has it.
-- in: area int, line line_id
-- out: list list_id, line line_id, kind text, profile text, unit unit_id, unit_name text, text text, party text?, staff_name text?, state text
SELECT l.id, o.line_id, l.kind, u.profile, u.id, u.name, o.text, o.party, s.name, o.state
  FROM (SELECT high_id AS other FROM list_link WHERE area_id = :area AND low_id = :line AND ended_on IS NULL
        UNION SELECT low_id FROM list_link WHERE area_id = :area AND high_id = :line AND ended_on IS NULL) k
  JOIN list_line o ON o.area_id = :area AND o.line_id = k.other AND o.void_on IS NULL
  JOIN list l ON l.area_id = o.area_id AND l.id = o.list_id
  JOIN unit u ON u.id = l.unit_id
  LEFT JOIN staff s ON s.area_id = o.area_id AND s.id = o.staff_id
 WHERE l.id = (SELECT max(n.list_id) FROM list_line n JOIN list v ON v.area_id = n.area_id AND v.id = n.list_id AND v.state IN ('valid', 'draft')
                WHERE n.area_id = :area AND n.line_id = o.line_id AND n.void_on IS NULL)
 ORDER BY l.kind, o.line_id LIMIT 200;

-- query: line_offered :many
-- Lines of other lists of a subtree, for choosing what belongs to one; the newest first.
-- in: area int, top unit_id, first list_id, line line_id
-- out: list list_id, line line_id, kind text, profile text, text text, unit_name text
SELECT l.id, o.line_id, l.kind, u.profile, o.text, u.name
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
  JOIN list l ON l.area_id = u.area_id AND l.unit_id = u.id AND l.state IN ('valid', 'draft') AND l.first_id <> :first
  JOIN list_line o ON o.area_id = l.area_id AND o.list_id = l.id AND o.void_on IS NULL
 WHERE c.ancestor_id = :top AND l.area_id = :area
   AND NOT EXISTS (SELECT 1 FROM list_link k WHERE k.area_id = o.area_id AND k.ended_on IS NULL
                      AND ((k.low_id = o.line_id AND k.high_id = :line) OR (k.high_id = o.line_id AND k.low_id = :line)))
   AND NOT EXISTS (SELECT 1 FROM list n WHERE n.area_id = l.area_id AND n.first_id = l.first_id AND n.number > l.number AND n.state = 'draft')
 ORDER BY o.line_id DESC LIMIT 400;

-- query: line_matches :many
-- Resources of the same topic that can still answer something, the nearest first: of the unit itself, of those above and below it, of others.
-- in: area int, top unit_id, unit unit_id, topic text, line line_id
-- out: list list_id, line line_id, text text, party text?, unit_name text, amount int?, used int, near int
SELECT t.list_id, t.line_id, t.text, t.party, t.unit_name, t.amount, t.used, t.near
  FROM (SELECT o.list_id, o.line_id, o.text, o.party, u.name AS unit_name, o.amount,
               (SELECT count(*) FROM list_link k WHERE k.area_id = o.area_id AND k.low_id = o.line_id AND k.ended_on IS NULL)
               + (SELECT count(*) FROM list_link k WHERE k.area_id = o.area_id AND k.high_id = o.line_id AND k.ended_on IS NULL) AS used,
               CASE WHEN u.id = :unit THEN 0
                    WHEN EXISTS (SELECT 1 FROM unit_closure x WHERE (x.ancestor_id = u.id AND x.descendant_id = :unit)
                                    OR (x.ancestor_id = :unit AND x.descendant_id = u.id)) THEN 1
                    ELSE 2 END AS near
          FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
          JOIN list l ON l.area_id = u.area_id AND l.unit_id = u.id AND l.kind = 'resources' AND l.state = 'valid'
          JOIN list_line o ON o.area_id = l.area_id AND o.list_id = l.id AND o.topic = :topic AND o.state = 'on' AND o.void_on IS NULL
         WHERE c.ancestor_id = :top AND l.area_id = :area
           AND NOT EXISTS (SELECT 1 FROM list_link k WHERE k.area_id = o.area_id AND k.ended_on IS NULL
                              AND ((k.low_id = o.line_id AND k.high_id = :line) OR (k.high_id = o.line_id AND k.low_id = :line)))) t
 WHERE t.amount IS NULL OR t.used < t.amount
 ORDER BY t.near, t.line_id LIMIT 10;

-- query: line_drafts :many
-- Drafts that a project can be written into.
-- in: area int, top unit_id, kind text
-- out: id list_id, title text, unit_name text
SELECT l.id, l.title, u.name
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN list l ON l.area_id = u.area_id AND l.unit_id = u.id
 WHERE c.ancestor_id = :top AND l.area_id = :area AND l.kind = :kind AND l.state = 'draft' ORDER BY l.id DESC LIMIT 200;

-- query: line_found :many
-- Lines of all lists of a kind in a subtree that are in force: who looks for a resource, or for all needs that came from visits.
-- in: area int, top unit_id, kind text, text text, topic text, source text, sector text, state text, after line_id, most int
-- out: list list_id, line line_id, profile text, unit_name text, text text, line_kind text?, topic text?, source text?, sector text?, party text?
-- out: staff_name text?, amount int?, state text
-- filter: area  l.area_id = :area
-- filter: text  i.text LIKE :text OR i.party LIKE :text OR i.content LIKE :text OR u.name LIKE :text
-- filter: topic  i.topic = :topic
-- filter: source  i.source = :source
-- filter: sector  i.sector = :sector
-- filter: state  i.state = :state
-- sort: new  i.line_id DESC  after i.line_id < :after
SELECT l.id, i.line_id, u.profile, u.name, i.text, i.kind, i.topic, i.source, i.sector, i.party, s.name, i.amount, i.state
  FROM list l LEFT JOIN unit u ON u.area_id = l.area_id AND u.id = l.unit_id
  JOIN list_line i ON i.area_id = l.area_id AND i.list_id = l.id AND i.void_on IS NULL
  LEFT JOIN staff s ON s.area_id = i.area_id AND s.id = i.staff_id
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = l.unit_id) AND l.kind = :kind AND l.state = 'valid' /*filter*/ /*sort*/
 LIMIT :most;

-- query: line_found_groups :many
-- like: line_found
-- How many they are, by source and sector and topic.
-- in: area int, top unit_id, kind text, text text, topic text, source text, sector text, state text
-- out: topic text?, source text?, sector text?, total int
SELECT i.topic, i.source, i.sector, count(*)
  FROM list l LEFT JOIN unit u ON u.area_id = l.area_id AND u.id = l.unit_id
  JOIN list_line i ON i.area_id = l.area_id AND i.list_id = l.id AND i.void_on IS NULL
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = l.unit_id) AND l.kind = :kind AND l.state = 'valid' /*filter*/
 GROUP BY i.topic, i.source, i.sector ORDER BY i.topic, i.source, i.sector LIMIT 500;
