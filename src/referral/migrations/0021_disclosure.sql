-- The disclosure register 信息提供登记 (GZ-13; PIPL art. 23): every handing-out of a client's data outside of the station.
CREATE TABLE disclosure (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),       -- whose data
    person_id BIGINT,
    case_id BIGINT,
    referral_id BIGINT,
    kind TEXT NOT NULL,                                 -- code table disclosure_kind
    level INTEGER NOT NULL,                             -- of what was given
    at BIGINT NOT NULL,
    by_id BIGINT REFERENCES account (id),               -- who gave it; NULL: opened from outside
    receiver TEXT NOT NULL,                             -- to whom
    receiver_contact TEXT,
    fields TEXT NOT NULL,                               -- what: codes of referral_field, or words
    purpose TEXT NOT NULL,
    consent_id BIGINT,
    basis TEXT NOT NULL,                                -- the consent, or statute and article
    told_on TEXT,                                       -- when the client was told
    measures TEXT,                                      -- measures taken together with the receiver
    confirmed_by BIGINT REFERENCES account (id),
    confirmed_at BIGINT,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX disclosure_unit ON disclosure (area_id, unit_id, at, id);
CREATE INDEX disclosure_person ON disclosure (area_id, person_id, at);
CREATE INDEX disclosure_case ON disclosure (area_id, case_id, at);
CREATE INDEX disclosure_by ON disclosure (area_id, by_id, at);

-- A client asks to read his own file (GZ-34, 8.1.3(3); PIPL art. 45).
CREATE TABLE reading (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    asked_on TEXT NOT NULL,
    asked_by TEXT NOT NULL,                             -- the name of who asked
    relation TEXT NOT NULL,                             -- self, guardian
    wish TEXT,                                          -- what he wants to know
    state TEXT NOT NULL,                                -- asked, shown, refused
    left_out TEXT,                                      -- what is not shown: "A.referrer,E3.process"
    left_why TEXT,
    decided_at BIGINT,
    decided_by BIGINT REFERENCES account (id),
    why TEXT,                                           -- of a refusal
    copy INTEGER NOT NULL,                              -- 1: he took a print with him
    sign TEXT,                                          -- of the reader
    made_by BIGINT NOT NULL REFERENCES account (id),
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX reading_case ON reading (area_id, case_id);
