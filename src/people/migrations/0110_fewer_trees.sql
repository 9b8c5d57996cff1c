-- Fewer trees to write for each registered person.  One index finds all households of a person and holds that he lives in
-- one at a time: of the memberships that have not ended there is one (0), of those that have ended as many as there are.
CREATE UNIQUE INDEX member_of_person ON member (area_id, person_id, (CASE WHEN to_on IS NULL THEN 0 ELSE id END));
DROP INDEX member_open;
DROP INDEX member_person;
-- SQLite keeps the categories in the order of their key.
-- sqlite: CREATE TABLE category_by_key (
-- sqlite:     area_id BIGINT NOT NULL,
-- sqlite:     id BIGINT NOT NULL,
-- sqlite:     person_id BIGINT NOT NULL,
-- sqlite:     category TEXT NOT NULL,
-- sqlite:     from_on TEXT NOT NULL,
-- sqlite:     to_on TEXT,
-- sqlite:     source TEXT NOT NULL,
-- sqlite:     document TEXT,
-- sqlite:     checked_on TEXT,
-- sqlite:     checked_by BIGINT,
-- sqlite:     PRIMARY KEY (area_id, id),
-- sqlite:     FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
-- sqlite: ) WITHOUT ROWID;
-- sqlite: INSERT INTO category_by_key SELECT area_id, id, person_id, category, from_on, to_on, source, document, checked_on, checked_by FROM person_category;
-- sqlite: DROP TABLE person_category;
-- sqlite: ALTER TABLE category_by_key RENAME TO person_category;
-- sqlite: CREATE INDEX person_category_person ON person_category (area_id, person_id);
-- sqlite: CREATE INDEX person_category_code ON person_category (area_id, category, to_on, person_id);
