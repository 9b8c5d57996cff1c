-- The yearly audit of who opened minors' files (regulation on minors' network protection art. 37), signed by who is in charge.
CREATE TABLE minor_audit (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),       -- the subtree that was looked at
    year INTEGER NOT NULL,
    openings INTEGER NOT NULL,                          -- how many there were when it was signed
    unapproved INTEGER NOT NULL,                        -- of these, without an assignment or an approval
    result TEXT NOT NULL,                               -- fit, faults
    finding TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES account (id),
    PRIMARY KEY (area_id, id)
);
CREATE INDEX minor_audit_unit ON minor_audit (area_id, unit_id, year);
