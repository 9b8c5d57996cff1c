-- Live totals: each write adds to small counters in its own transaction.  nuan check recounts them.
CREATE TABLE tally (
    area_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    day TEXT NOT NULL,                                  -- when it happened
    measure TEXT NOT NULL,                              -- "case.opened", "case.closed:1", "contact", "minutes" …
    n BIGINT NOT NULL,
    PRIMARY KEY (area_id, unit_id, day, measure)
)
-- sqlite: WITHOUT ROWID
;

-- Who was served where on which day: persons (人数) beside person-times (人次).
CREATE TABLE served (
    area_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    day TEXT NOT NULL,
    person_id BIGINT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (area_id, unit_id, day, person_id)
)
-- sqlite: WITHOUT ROWID
;
