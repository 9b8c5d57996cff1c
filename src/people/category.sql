-- query: category_list :many
-- in: area int, id person_id
-- out: id category_id, category text, from_on date, to_on date?, source text, document text?, checked_on date?
SELECT id, category, from_on, to_on, source, document, checked_on FROM person_category
 WHERE area_id = :area AND person_id = :id ORDER BY CASE WHEN to_on IS NULL THEN 0 ELSE 1 END, from_on DESC, id DESC LIMIT 200;

-- query: category_insert :exec
-- in: area int, id category_id, person person_id, category text, from_on date, to_on date?, source text, document text?
-- in: checked_on date?, checked_by user_id?
INSERT INTO person_category (area_id, id, person_id, category, from_on, to_on, source, document, checked_on, checked_by)
VALUES (:area, :id, :person, :category, :from_on, :to_on, :source, :document, :checked_on, :checked_by);

-- query: category_open :many
-- in: area int, id person_id
-- out: id category_id, category text
SELECT id, category FROM person_category WHERE area_id = :area AND person_id = :id AND to_on IS NULL ORDER BY category LIMIT 100;

-- query: category_end :exec
-- in: area int, id category_id, person person_id, on date
UPDATE person_category SET to_on = :on WHERE area_id = :area AND id = :id AND person_id = :person AND to_on IS NULL AND from_on <= :on;

-- query: category_again :exec
-- in: area int, id category_id, person person_id
UPDATE person_category SET to_on = NULL WHERE area_id = :area AND id = :id AND person_id = :person AND to_on IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM person_category o WHERE o.area_id = person_category.area_id AND o.person_id = person_category.person_id
                      AND o.category = person_category.category AND o.to_on IS NULL);

-- query: category_summary :exec
-- in: area int, person person_id, categories text, level int
UPDATE person SET categories = :categories, level = :level WHERE area_id = :area AND id = :person;
