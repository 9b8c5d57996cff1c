-- The ties of a person to people and institutions around him: what the ecomap (生态图) is drawn from.
CREATE TABLE tie (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                                 -- code table tie_kind
    name TEXT NOT NULL,                                 -- who, or which institution
    strength TEXT NOT NULL,                             -- code table tie_strength
    flow TEXT NOT NULL,                                 -- code table tie_flow: where help goes
    note TEXT,
    from_on TEXT NOT NULL,
    to_on TEXT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
);
CREATE INDEX tie_person ON tie (area_id, person_id);
