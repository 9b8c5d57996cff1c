-- Kin who are not registered and do not live in the household, for the picture of the family (家庭结构图).
CREATE TABLE kin (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    relation TEXT NOT NULL,                             -- to the head of the household, or to him when he has none; GB/T 4761
    sex TEXT NOT NULL,                                  -- GB/T 2261.1
    born_year INTEGER,
    from_on TEXT NOT NULL,
    to_on TEXT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
);
CREATE INDEX kin_person ON kin (area_id, person_id);
