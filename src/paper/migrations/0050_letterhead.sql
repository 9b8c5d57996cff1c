-- What the papers of a unit, and of those below it without a row of their own, look like.
CREATE TABLE unit_paper (
    unit_id BIGINT NOT NULL PRIMARY KEY REFERENCES unit (id),
    heading TEXT NOT NULL,                              -- at the top of each paper; empty: the name of the unit
    seal TEXT NOT NULL,                                 -- where the seal goes: right, left, none
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL                                  -- milliseconds
);
