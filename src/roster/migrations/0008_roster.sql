-- Roster imports: a dry run first, then one batch that can be undone.
CREATE TABLE import (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    by_id BIGINT NOT NULL REFERENCES account (id),
    file_name TEXT NOT NULL,
    file_path TEXT NOT NULL,                            -- in the work folder
    state TEXT NOT NULL,                                -- mapping, checked, running, done, failed, undone
    mapping TEXT NOT NULL,                              -- JSON: column → field
    rows_n BIGINT NOT NULL,
    good_n BIGINT NOT NULL,
    bad_n BIGINT NOT NULL,
    known_n BIGINT NOT NULL,                            -- already in the register
    done_n BIGINT NOT NULL,                             -- progress
    report_path TEXT,
    why TEXT,                                           -- of a failure, in words
    at BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX import_unit ON import (area_id, unit_id, id);

-- Which heading of a unit's own lists means which field.
CREATE TABLE heading (
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    heading TEXT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (unit_id, heading)
);
