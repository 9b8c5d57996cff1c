-- query: entry_insert :exec
-- in: area int, id entry_id, ledger text, unit unit_id, staff staff_id?, other staff_id?, target unit_id?, kind text?, mode text?, state text?
-- in: title text?, party text?, number text?, body text?, on date, until date?, done date?, amount int?, amount_2 int?, money money?
-- in: by user_id?, at time
INSERT INTO entry (area_id, id, ledger, unit_id, staff_id, other_id, target_id, kind, mode, state, title, party, number, body, on_date,
                   until_on, done_on, amount, amount_2, money, by_id, at, version)
VALUES (:area, :id, :ledger, :unit, :staff, :other, :target, :kind, :mode, :state, :title, :party, :number, :body, :on,
        :until, :done, :amount, :amount_2, :money, :by, :at, 1);

-- query: entry_update :exec
-- Nothing happens when somebody else saved in between.
-- in: area int, id entry_id, version int, unit unit_id, staff staff_id?, other staff_id?, target unit_id?, kind text?, mode text?, state text?
-- in: title text?, party text?, number text?, body text?, on date, until date?, done date?, amount int?, amount_2 int?, money money?
UPDATE entry SET unit_id = :unit, staff_id = :staff, other_id = :other, target_id = :target, kind = :kind, mode = :mode, state = :state,
       title = :title, party = :party, number = :number, body = :body, on_date = :on, until_on = :until, done_on = :done,
       amount = :amount, amount_2 = :amount_2, money = :money, version = version + 1
 WHERE area_id = :area AND id = :id AND version = :version AND void_on IS NULL;

-- query: entry_replace :exec
-- in: area int, id entry_id, replaces entry_id
UPDATE entry SET replaces_id = :replaces WHERE area_id = :area AND id = :id;

-- query: entry_void :exec
-- in: area int, id entry_id, day date
UPDATE entry SET void_on = :day, version = version + 1 WHERE area_id = :area AND id = :id AND void_on IS NULL;

-- query: entry_restore :exec
-- in: area int, id entry_id
UPDATE entry SET void_on = NULL, version = version + 1 WHERE area_id = :area AND id = :id AND void_on IS NOT NULL;

-- query: entry_follow :exec
-- What is recorded about a member of staff goes with him to another unit.
-- in: area int, staff staff_id, unit unit_id
UPDATE entry SET unit_id = :unit WHERE area_id = :area AND staff_id = :staff;

-- query: entry_get :one
-- in: area int, id entry_id
-- out: id entry_id, area int, ledger text, unit unit_id, unit_name text, staff staff_id?, staff_name text?, other staff_id?, other_name text?
-- out: target unit_id?, target_name text?, kind text?, mode text?, state text?, title text?, party text?, number text?, body text?
-- out: on date, until date?, done date?, amount int?, amount_2 int?, money money?, replaces entry_id?, newer entry_id?, void_on date?
-- out: by_name text?, at time, version int
SELECT e.id, e.area_id, e.ledger, e.unit_id, u.name, e.staff_id, s.name, e.other_id, o.name, e.target_id, t.name, e.kind, e.mode, e.state,
       e.title, e.party, e.number, e.body, e.on_date, e.until_on, e.done_on, e.amount, e.amount_2, e.money, e.replaces_id,
       (SELECT max(n.id) FROM entry n WHERE n.area_id = e.area_id AND n.replaces_id = e.id AND n.void_on IS NULL), e.void_on,
       a.name, e.at, e.version
  FROM entry e
  JOIN unit u ON u.id = e.unit_id
  LEFT JOIN staff s ON s.area_id = e.area_id AND s.id = e.staff_id
  LEFT JOIN staff o ON o.area_id = e.area_id AND o.id = e.other_id
  LEFT JOIN unit t ON t.id = e.target_id
  LEFT JOIN account a ON a.id = e.by_id
 WHERE e.area_id = :area AND e.id = :id;

-- query: entry_list :many
-- One ledger of a subtree; up: and what units above have entered.
-- in: area int, top unit_id, up int, ledger text, day date, soon date, text text, kind text, year text, staff staff_id, most int, skip int
-- out: id entry_id, area int, ledger text, unit unit_id, unit_name text, staff staff_id?, staff_name text?, other staff_id?, other_name text?
-- out: target unit_id?, target_name text?, kind text?, mode text?, state text?, title text?, party text?, number text?, body text?
-- out: on date, until date?, done date?, amount int?, amount_2 int?, money money?, replaces entry_id?, void_on date?
-- filter: area  e.area_id = :area
-- filter: text  s.name LIKE :text OR o.name LIKE :text OR e.title LIKE :text OR e.party LIKE :text OR e.number LIKE :text
-- filter: kind  e.kind = :kind
-- filter: year  e.on_date LIKE :year
-- filter: staff  e.staff_id = :staff
-- filter: late  e.until_on < :day AND e.done_on IS NULL
-- filter: soon  e.until_on >= :day AND e.until_on <= :soon AND e.done_on IS NULL
-- filter: newest  NOT EXISTS (SELECT 1 FROM entry n WHERE n.area_id = e.area_id AND n.replaces_id = e.id AND n.void_on IS NULL)
-- sort: day  e.on_date DESC, e.id DESC
-- sort: term  CASE WHEN e.until_on IS NULL OR e.done_on IS NOT NULL THEN 1 ELSE 0 END, e.until_on, e.id DESC
-- sort: name  s.name, e.title, e.on_date DESC, e.id DESC
SELECT e.id, e.area_id, e.ledger, e.unit_id, u.name, e.staff_id, s.name, e.other_id, o.name, e.target_id, t.name, e.kind, e.mode, e.state,
       e.title, e.party, e.number, e.body, e.on_date, e.until_on, e.done_on, e.amount, e.amount_2, e.money, e.replaces_id, e.void_on
  FROM (SELECT descendant_id AS id FROM unit_closure WHERE ancestor_id = :top
        UNION SELECT ancestor_id FROM unit_closure WHERE descendant_id = :top AND :up = 1) r
  JOIN unit u ON u.id = r.id
  JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = :ledger
  LEFT JOIN staff s ON s.area_id = e.area_id AND s.id = e.staff_id
  LEFT JOIN staff o ON o.area_id = e.area_id AND o.id = e.other_id
  LEFT JOIN unit t ON t.id = e.target_id
 WHERE e.void_on IS NULL /*filter*/ /*sort*/
 LIMIT :most OFFSET :skip;

-- query: entry_count :one
-- like: entry_list
-- in: area int, top unit_id, up int, ledger text, day date, soon date, text text, kind text, year text, staff staff_id
-- out: total int
SELECT count(*)
  FROM (SELECT descendant_id AS id FROM unit_closure WHERE ancestor_id = :top
        UNION SELECT ancestor_id FROM unit_closure WHERE descendant_id = :top AND :up = 1) r
  JOIN unit u ON u.id = r.id
  JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id AND e.ledger = :ledger
  LEFT JOIN staff s ON s.area_id = e.area_id AND s.id = e.staff_id
  LEFT JOIN staff o ON o.area_id = e.area_id AND o.id = e.other_id
 WHERE e.void_on IS NULL /*filter*/;

-- query: entry_totals :many
-- How much stands in each ledger of a subtree, and what is late.  below: the units of a small one are looked at one by one; wide: of a
-- large one the entries, each asked whether it lies in it (+: not by the tree).
-- in: area int, top unit_id, day date
-- out: ledger text, total int, late int
-- filter: area  e.area_id = :area
-- filter: below  c.ancestor_id = :top
-- filter: wide   +c.ancestor_id = :top
SELECT e.ledger, count(*), sum(CASE WHEN e.until_on < :day AND e.done_on IS NULL THEN 1 ELSE 0 END)
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN entry e ON e.area_id = u.area_id AND e.unit_id = u.id
 WHERE e.void_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM entry n WHERE n.area_id = e.area_id AND n.replaces_id = e.id AND n.void_on IS NULL) /*filter*/
 GROUP BY e.ledger;

-- query: entry_of_staff :many
-- All that is recorded about a member of staff.
-- in: area int, staff staff_id
-- out: id entry_id, area int, ledger text, unit unit_id, unit_name text, staff staff_id?, staff_name text?, other staff_id?, other_name text?
-- out: target unit_id?, target_name text?, kind text?, mode text?, state text?, title text?, party text?, number text?, body text?
-- out: on date, until date?, done date?, amount int?, amount_2 int?, money money?, replaces entry_id?, void_on date?
SELECT e.id, e.area_id, e.ledger, e.unit_id, u.name, e.staff_id, s.name, e.other_id, o.name, e.target_id, t.name, e.kind, e.mode, e.state,
       e.title, e.party, e.number, e.body, e.on_date, e.until_on, e.done_on, e.amount, e.amount_2, e.money, e.replaces_id, e.void_on
  FROM entry e
  JOIN unit u ON u.id = e.unit_id
  JOIN staff s ON s.area_id = e.area_id AND s.id = e.staff_id
  LEFT JOIN staff o ON o.area_id = e.area_id AND o.id = e.other_id
  LEFT JOIN unit t ON t.id = e.target_id
 WHERE e.area_id = :area AND e.staff_id = :staff AND e.void_on IS NULL ORDER BY e.ledger, e.on_date DESC, e.id DESC LIMIT 600;

-- query: entry_same :one
-- How many entries of the ledger a unit has with this title and amount, beside one.
-- in: area int, unit unit_id, ledger text, title text, amount int, id entry_id?
-- out: total int
SELECT count(*) FROM entry e WHERE e.area_id = :area AND e.unit_id = :unit AND e.ledger = :ledger AND e.title = :title AND e.amount = :amount
   AND e.id <> COALESCE(:id, 0) AND e.void_on IS NULL;

-- query: entry_household :one
-- Is there a household with this number?
-- in: area int, no text
-- out: total int
SELECT count(*) FROM household WHERE area_id = :area AND no = :no AND closed_on IS NULL;

-- query: entry_near :one
-- Has somebody declared to be near a household on a day (ledger "avoidance")?
-- in: area int, staff staff_id, no text, day date, ledger text
-- out: total int
SELECT count(*) FROM entry e WHERE e.area_id = :area AND e.staff_id = :staff AND e.ledger = :ledger AND e.number = :no AND e.void_on IS NULL
   AND (e.until_on IS NULL OR e.until_on >= :day);

-- query: entry_staff_offered :many
-- Who is in service below a unit, for choosing.
-- in: area int, top unit_id, day date
-- out: id staff_id, name text, unit_name text
-- filter: area  s.area_id = :area
SELECT s.id, s.name, u.name
  FROM unit_closure c JOIN unit u ON u.id = c.descendant_id JOIN staff s ON s.area_id = u.area_id AND s.unit_id = u.id
 WHERE c.ancestor_id = :top AND (s.left_on IS NULL OR s.left_on > :day) /*filter*/
 ORDER BY s.name, s.id LIMIT 3000;

-- query: entry_staff_unit :one
-- in: area int, staff staff_id
-- out: unit unit_id, name text
SELECT unit_id, name FROM staff WHERE area_id = :area AND id = :staff;

-- query: entry_units :many
-- The open units of a subtree, for choosing one.
-- in: top unit_id
-- out: id unit_id, name text
SELECT u.id, u.name FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
 WHERE c.ancestor_id = :top AND u.closed_on IS NULL ORDER BY c.depth, u.code LIMIT 3000;
