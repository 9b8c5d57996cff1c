-- query: staff_insert :exec
-- in: area int, id staff_id, unit unit_id, name text, sex text, born date?, phone text?, employment text, education text?, major text?
-- in: political text?, service_from date?, started_on date, employer text?, contract text?, source text?
INSERT INTO staff (area_id, id, unit_id, name, sex, born, phone_sealed, employment, education, major, political, service_from,
                   started_on, employer, contract, source, version)
VALUES (:area, :id, :unit, :name, :sex, :born, :phone, :employment, :education, :major, :political, :service_from, :started_on,
        :employer, :contract, :source, 1);

-- query: staff_get :one
-- in: area int, id staff_id
-- out: id staff_id, area int, unit unit_id, unit_name text, name text, sex text, born date?, phone text?, employment text, education text?
-- out: major text?, political text?, service_from date?, started_on date, left_on date?, employer text?, contract text?, source text?
-- out: version int
SELECT s.id, s.area_id, s.unit_id, u.name, s.name, s.sex, s.born, s.phone_sealed, s.employment, s.education, s.major, s.political,
       s.service_from, s.started_on, s.left_on, s.employer, s.contract, s.source, s.version
  FROM staff s JOIN unit u ON u.id = s.unit_id WHERE s.area_id = :area AND s.id = :id;

-- query: staff_update :exec
-- Nothing happens when somebody else saved in between.
-- in: area int, id staff_id, version int, unit unit_id, name text, sex text, born date?, phone text?, employment text, education text?
-- in: major text?, political text?, service_from date?, started_on date, employer text?, contract text?, source text?
UPDATE staff SET unit_id = :unit, name = :name, sex = :sex, born = :born, phone_sealed = :phone, employment = :employment,
       education = :education, major = :major, political = :political, service_from = :service_from, started_on = :started_on,
       employer = :employer, contract = :contract, source = :source, version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version;

-- query: staff_leave :exec
-- in: area int, id staff_id, day date
UPDATE staff SET left_on = :day, version = version + 1 WHERE area_id = :area AND id = :id;

-- query: staff_list :many
-- The staff of a subtree, by unit and name.  From the staff to the tree, not from the tree to the staff: a country has far more units.
-- What stands beside a name is asked for those of the page only.  LEFT JOIN: SQLite makes no filter of all units for it.
-- in: area int, top unit_id, day date, name text, source text, most int, skip int
-- out: id staff_id, name text, unit unit_id, unit_name text, employment text, education text?, major text?, started_on date, left_on date?
-- out: certificate text?, kind text?, source text?
-- filter: name  s.name LIKE :name
-- filter: here  s.left_on IS NULL OR s.left_on > :day
-- filter: area  s.area_id = :area
-- filter: source  s.source = :source
-- filter: unpledged  NOT EXISTS (SELECT 1 FROM entry e WHERE e.area_id = s.area_id AND e.staff_id = s.id AND e.ledger = 'pledge' AND e.kind = 'ethics' AND e.on_date <= :day AND (e.until_on IS NULL OR e.until_on > :day) AND e.void_on IS NULL)
SELECT x.id, x.name, x.unit_id, x.unit_name, x.employment, x.education, x.major, x.started_on, x.left_on,
       (SELECT max(k.level) FROM certificate k WHERE k.area_id = x.area_id AND k.staff_id = x.id AND k.issued_on <= :day),
       (SELECT p.kind FROM post p WHERE p.area_id = x.area_id AND p.staff_id = x.id AND p.from_on <= :day
           AND (p.to_on IS NULL OR p.to_on > :day) ORDER BY p.from_on DESC, p.id DESC LIMIT 1), x.source
  FROM (SELECT s.area_id, s.id, s.name, s.unit_id, u.name AS unit_name, s.employment, s.education, s.major, s.started_on, s.left_on, s.source,
               (SELECT c.depth FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = s.unit_id) AS depth, u.code
          FROM staff s LEFT JOIN unit u ON u.area_id = s.area_id AND u.id = s.unit_id
         WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = s.unit_id) /*filter*/
         ORDER BY 12, u.code, s.name, s.id LIMIT :most OFFSET :skip) x
 ORDER BY x.depth, x.code, x.name, x.id;

-- query: staff_count :one
-- like: staff_list
-- kept:
-- in: area int, top unit_id, day date, name text, source text
-- out: total int
SELECT count(*) FROM staff s LEFT JOIN unit u ON u.area_id = s.area_id AND u.id = s.unit_id
 WHERE EXISTS (SELECT 1 FROM unit_closure c WHERE c.ancestor_id = :top AND c.descendant_id = s.unit_id) /*filter*/;

-- query: post_insert :exec
-- in: area int, id post_id, unit unit_id, staff staff_id, kind text, from_on date
INSERT INTO post (area_id, id, unit_id, staff_id, kind, from_on) VALUES (:area, :id, :unit, :staff, :kind, :from_on);

-- query: post_list :many
-- in: area int, staff staff_id
-- out: id post_id, unit unit_id, unit_name text, kind text, from_on date, to_on date?
SELECT p.id, p.unit_id, u.name, p.kind, p.from_on, p.to_on FROM post p JOIN unit u ON u.id = p.unit_id
 WHERE p.area_id = :area AND p.staff_id = :staff ORDER BY p.from_on DESC, p.id DESC LIMIT 200;

-- query: post_get :one
-- in: area int, id post_id, staff staff_id
-- out: unit unit_id, kind text, from_on date, to_on date?
SELECT unit_id, kind, from_on, to_on FROM post WHERE area_id = :area AND id = :id AND staff_id = :staff;

-- query: post_dates :exec
-- in: area int, id post_id, staff staff_id, from_on date, to_on date?
UPDATE post SET from_on = :from_on, to_on = :to_on WHERE area_id = :area AND id = :id AND staff_id = :staff;

-- query: post_end_all :exec
-- in: area int, staff staff_id, day date
UPDATE post SET to_on = :day WHERE area_id = :area AND staff_id = :staff AND to_on IS NULL;

-- query: certificate_insert :exec
-- in: area int, id certificate_id, staff staff_id, level text, number text, issued_on date, registered_on date?, valid_to date?
INSERT INTO certificate (area_id, id, staff_id, level, number, issued_on, registered_on, valid_to)
VALUES (:area, :id, :staff, :level, :number, :issued_on, :registered_on, :valid_to);

-- query: certificate_list :many
-- in: area int, staff staff_id
-- out: id certificate_id, level text, number text, issued_on date, registered_on date?, valid_to date?
SELECT id, level, number, issued_on, registered_on, valid_to FROM certificate
 WHERE area_id = :area AND staff_id = :staff ORDER BY issued_on DESC, id DESC LIMIT 100;

-- query: certificate_get :one
-- in: area int, id certificate_id, staff staff_id
-- out: level text, number text, issued_on date, registered_on date?, valid_to date?
SELECT level, number, issued_on, registered_on, valid_to FROM certificate WHERE area_id = :area AND id = :id AND staff_id = :staff;

-- query: certificate_update :exec
-- in: area int, id certificate_id, staff staff_id, level text, number text, issued_on date, registered_on date?, valid_to date?
UPDATE certificate SET level = :level, number = :number, issued_on = :issued_on, registered_on = :registered_on, valid_to = :valid_to
 WHERE area_id = :area AND id = :id AND staff_id = :staff;

-- query: certificate_by_day :one
-- in: area int, staff staff_id, day date
-- out: total int
SELECT count(*) FROM certificate WHERE area_id = :area AND staff_id = :staff AND issued_on <= :day;
