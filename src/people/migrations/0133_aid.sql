-- Money and goods that a person or a household received beside services (SA-02).
CREATE TABLE aid (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),       -- the station that recorded it: counted there
    person_id BIGINT,
    household_id BIGINT,                                -- for the household as a whole; then there is no person
    kind TEXT NOT NULL,                                 -- code table aid_kind
    purpose TEXT NOT NULL,                              -- code table resource_kind
    what TEXT NOT NULL,
    quantity BIGINT,
    measure TEXT,                                       -- of the quantity: bags, times
    fen BIGINT,                                         -- money, or what the goods are worth
    source TEXT NOT NULL,                               -- code table resource_source
    giver TEXT,
    on_date TEXT NOT NULL,
    receiver TEXT NOT NULL,                             -- who took it
    note TEXT,
    by_id BIGINT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    void_on TEXT,                                       -- taken back: it was entered by mistake
    void_why TEXT,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX aid_unit ON aid (area_id, unit_id, on_date, id);
CREATE INDEX aid_person ON aid (area_id, person_id, on_date);
CREATE INDEX aid_household ON aid (area_id, household_id, on_date);
