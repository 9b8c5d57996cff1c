-- query: contact_list :many
-- in: area int, id person_id
-- out: id contact_id, kind text, name text, relation text?, phone_sealed text?, note text?, from_on date, to_on date?
SELECT id, kind, name, relation, phone_sealed, note, from_on, to_on FROM contact
 WHERE area_id = :area AND person_id = :id ORDER BY CASE WHEN to_on IS NULL THEN 0 ELSE 1 END, kind DESC, id LIMIT 100;

-- query: contact_insert :exec
-- in: area int, id contact_id, person person_id, kind text, name text, relation text?, phone_sealed text?, note text?, from_on date
INSERT INTO contact (area_id, id, person_id, kind, name, relation, phone_sealed, note, from_on)
VALUES (:area, :id, :person, :kind, :name, :relation, :phone_sealed, :note, :from_on);

-- query: contact_end :exec
-- in: area int, id contact_id, person person_id, on date
UPDATE contact SET to_on = :on WHERE area_id = :area AND id = :id AND person_id = :person AND to_on IS NULL;

-- query: contact_again :exec
-- in: area int, id contact_id, person person_id
UPDATE contact SET to_on = NULL WHERE area_id = :area AND id = :id AND person_id = :person AND to_on IS NOT NULL;
