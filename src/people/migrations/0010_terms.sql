-- What a person is found by: bigrams of the name "n:", pinyin "p:", initials "i:".  By unit first: who searches sees a
-- few units of the county, and an import writes to one.
CREATE TABLE person_word (
    area_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,                            -- the person's
    term TEXT
-- postgres: COLLATE "C"
    NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (area_id, unit_id, term, person_id)
)
-- sqlite: WITHOUT ROWID
;
INSERT INTO person_word (area_id, unit_id, term, person_id)
SELECT p.area_id, p.unit_id, t.term, p.id FROM person_term t JOIN person p ON p.area_id = t.area_id AND p.id = t.person_id
 ORDER BY 1, 2, 3, 4;
DROP TABLE person_term;
ALTER TABLE person_word RENAME TO person_term;

-- Only those of level S4 are looked for by level.
DROP INDEX person_unit_level;
CREATE INDEX person_hidden ON person (area_id, unit_id, id) WHERE level >= 4 AND closed_on IS NULL;
