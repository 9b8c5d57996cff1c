-- Where a person was put on the list: he may move later, the registration stays counted there.
ALTER TABLE person ADD COLUMN registered_unit_id BIGINT;
UPDATE person SET registered_unit_id = COALESCE((SELECT m.from_unit_id FROM person_move m
    WHERE m.area_id = person.area_id AND m.person_id = person.id AND m.from_unit_id IS NOT NULL ORDER BY m.id LIMIT 1), unit_id);

-- The client categories of a person on the day a case of his was opened: what the counters "case.opened:A01" count.
CREATE TABLE case_category (
    area_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (area_id, case_id, category)
);
INSERT INTO case_category (area_id, case_id, category)
SELECT DISTINCT f.area_id, f.id, c.category FROM casefile f
  JOIN person_category c ON c.area_id = f.area_id AND c.person_id = f.person_id
 WHERE c.from_on <= f.opened_on AND (c.to_on IS NULL OR c.to_on > f.opened_on);

-- Both counters are counted anew from what can be recounted from now on.
DELETE FROM tally WHERE measure = 'person.registered' OR measure LIKE 'case.opened:%';
INSERT INTO tally (area_id, unit_id, day, measure, n)
SELECT f.area_id, f.unit_id, f.opened_on, 'case.opened:' || c.category, count(*)
  FROM case_category c JOIN casefile f ON f.area_id = c.area_id AND f.id = c.case_id
 GROUP BY f.area_id, f.unit_id, f.opened_on, c.category;
INSERT INTO tally (area_id, unit_id, day, measure, n)
SELECT area_id, registered_unit_id, day, 'person.registered', count(*)
  FROM (SELECT area_id, registered_unit_id,
-- sqlite:        date(created_at / 1000 + 28800, 'unixepoch') AS day
-- postgres:      to_char(to_timestamp(created_at / 1000) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day
          FROM person) p
 GROUP BY area_id, registered_unit_id, day;

-- nuan check and nuan backup go through the attachments in the order of their hashes.
CREATE INDEX case_file_hash ON case_file (hash, size);
