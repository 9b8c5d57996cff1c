-- What sqlgen must be able to do; item_test.c looks at what comes out.

-- query: item_list :many
-- The items of an area */ in pages,
-- in the order the user wants.
-- in:  area int, name text?, after text, after_id case_id,
-- in:  most int
-- out: id case_id, name text, made date, seen time?, price money?
-- out: weight real, done bool, note text?
-- filter: open  NOT i.done
-- filter: name  i.name = :name OR i.note = :name
-- sort: made  i.made_on DESC, i.id DESC  after (i.made_on, i.id) < (:after, :after_id)
-- sort: name  i.name, i.id
SELECT i.id, i.name, i.made_on, i.seen_at, i.price, i.weight, i.done, i.note
  FROM item i   -- a comment: with :colon and ; in it
 WHERE i.area_id = :area AND i.name <> 'a:b;''c?' /* another :one */ /*filter*/ /*sort*/
 LIMIT :most;

-- query: item_count :one
-- in:  area int, name text?
-- out: items int
-- like: item_list
SELECT count(*) FROM item i WHERE i.area_id = :area /*filter*/;

-- query: item_by_id :one
-- in:  area int, id case_id
-- out: id case_id, name text, made date
SELECT id, name, made_on FROM item WHERE area_id = :area AND id = :id;

-- query: item_insert :exec
-- in:  area int, id case_id, name text, made date, seen time?, price money?
INSERT INTO item (area_id, id, name, made_on, seen_at, price)
VALUES (:area, :id, :name, :made, :seen, :price);

-- query: item_rename :exec
-- in: area int, id case_id, n text
UPDATE item
-- sqlite: SET name = :n || ':x'
-- postgres: SET name = :n::text || ':x'
 WHERE area_id = :area AND id = :id;

-- query: item_total :one
-- anyarea: counts the whole database
-- out: items int
SELECT count(*) FROM item;

-- query: place_clear :exec
DELETE FROM place;

-- query: item_make :one
-- in:  area int, id case_id, name text, made date, most int?
-- out: id case_id, price money?
INSERT INTO item (area_id, id, name, made_on, price) VALUES (:area, :id, :name, :made, :most)
RETURNING id, price;
