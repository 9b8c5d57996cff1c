-- Cases (casework.md 1).  What the process needs is a column; the rest stands in the forms.
CREATE TABLE casefile (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    no TEXT NOT NULL,                                   -- station code - year - serial
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    person_id BIGINT NOT NULL,
    household_id BIGINT,
    client_kind TEXT NOT NULL,                          -- person, household
    grade TEXT NOT NULL,                                -- consultation, professional
    state TEXT NOT NULL,                                -- code table case_state
    suspended_from TEXT,                                -- the state to go back to
    source TEXT,
    urgency INTEGER,                                    -- 1 critical … 4 ordinary
    risk TEXT,                                          -- low, medium, high
    risk_flags TEXT,                                    -- codes, joined by commas
    crisis INTEGER NOT NULL,                            -- 1: intervention began before B, C, D
    service_category TEXT,                              -- GZ.1 … GZ.4
    code TEXT,                                          -- primary MZ/T 071 code
    level INTEGER NOT NULL,                             -- S0–S4
    worker_id BIGINT REFERENCES account (id),           -- responsible (R-CW-2)
    supervisor_id BIGINT REFERENCES account (id),
    opened_on TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    decided_on TEXT,
    decision TEXT,                                      -- accept, decline, refer, pending
    closed_on TEXT,
    close_reason TEXT,
    close_sub TEXT,
    outcome TEXT,                                       -- referred … : a result, not a reason
    last_on TEXT,                                       -- last record
    next_on TEXT,                                       -- next contact that was agreed
    due_at BIGINT,                                      -- the nearest clock that runs
    due_kind TEXT,                                      -- decision, first_contact, crisis_forms, record, reassess, follow_up
    contacts INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    UNIQUE (area_id, no),
    FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
);
CREATE INDEX casefile_unit ON casefile (area_id, unit_id, state, opened_on, id, level, worker_id, supervisor_id);
CREATE INDEX casefile_unit_opened ON casefile (area_id, unit_id, opened_on, id);
CREATE INDEX casefile_worker ON casefile (area_id, worker_id, state, due_at);
CREATE INDEX casefile_person ON casefile (area_id, person_id, opened_on);
CREATE INDEX casefile_state ON casefile (area_id, state, opened_on, id);

-- Serial numbers of cases: one row for each station and year.
CREATE TABLE case_serial (
    unit_id BIGINT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (unit_id, year)
);

-- The forms of a case: every version is kept (seq: which record, for form E; 1 for the others).
CREATE TABLE case_form (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    form TEXT NOT NULL,                                 -- A … G
    seq INTEGER NOT NULL,
    version INTEGER NOT NULL,
    form_version INTEGER NOT NULL,                      -- of the form's definition
    status TEXT NOT NULL,                               -- draft, submitted, returned, approved
    current INTEGER NOT NULL,                           -- 1: the newest version
    doc TEXT NOT NULL,                                  -- JSON
    text_hash TEXT,                                     -- plan: of its goals, to notice a bare copy (GZ-09)
    filled_by BIGINT NOT NULL,
    filled_on TEXT NOT NULL,
    submitted_at BIGINT,
    reviewed_by BIGINT,
    reviewed_at BIGINT,
    review TEXT,                                        -- supervisor's comment
    saved_at BIGINT NOT NULL,
    saves INTEGER NOT NULL,                             -- counts saves: two people on one form notice each other
    PRIMARY KEY (area_id, id),
    UNIQUE (area_id, case_id, form, seq, version),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX case_form_text ON case_form (area_id, form, text_hash);
CREATE INDEX case_form_mine ON case_form (area_id, filled_by, status);
CREATE INDEX case_form_status ON case_form (area_id, status, current, case_id);

-- Contacts (form E) in columns, for the time axis and the figures.  Counted where and when they happened.
CREATE TABLE case_record (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    form_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    worker_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                                 -- code table record_kind
    on_date TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    minutes INTEGER NOT NULL,
    unplanned INTEGER NOT NULL,                         -- 1: outside the plan, with a reason
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX case_record_case ON case_record (area_id, case_id, start_at);
CREATE INDEX case_record_unit ON case_record (area_id, unit_id, on_date, person_id);
CREATE INDEX case_record_person ON case_record (area_id, person_id, on_date);

-- Every transition: who, when, from, to, why.
CREATE TABLE case_event (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                                 -- state, handover, named, comment, form
    from_state TEXT,
    to_state TEXT,
    reason TEXT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX case_event_case ON case_event (area_id, case_id, at);

-- Catalogue codes of a case beside the primary one.
CREATE TABLE case_code (
    area_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    code TEXT NOT NULL,                                 -- "1.2", "NH.1"
    PRIMARY KEY (area_id, case_id, code)
);

-- Stage check lists: done, or not needed with a reason.
CREATE TABLE case_tick (
    area_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    item TEXT NOT NULL,                                 -- code of data/forms/stages.json
    state TEXT NOT NULL,                                -- done, not_needed
    reason TEXT,
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (area_id, case_id, item)
);

-- Hand-over of the responsible worker, with both signatures (R-CW-2).
CREATE TABLE case_handover (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    from_id BIGINT,
    to_id BIGINT NOT NULL,
    on_date TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT,
    sign_from TEXT,
    sign_to TEXT,
    accepted_at BIGINT,
    by_id BIGINT NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX case_handover_case ON case_handover (area_id, case_id);
CREATE INDEX case_handover_to ON case_handover (area_id, to_id, accepted_at);

-- Who is named on a case of level S4.
CREATE TABLE case_named (
    area_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    from_on TEXT NOT NULL,
    by_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (area_id, case_id, account_id)
);

-- Planned follow-ups after closing.
CREATE TABLE case_follow (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    on_date TEXT NOT NULL,
    way TEXT,
    worker_id BIGINT,
    record_id BIGINT,                                   -- the record that did it
    cancelled TEXT,                                     -- or why it is not needed any more
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX case_follow_case ON case_follow (area_id, case_id, on_date);

-- Files and photos of a form; the bytes lie in the attachment folder under their hash.
CREATE TABLE case_file (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    form_id BIGINT NOT NULL,
    field TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    hash TEXT NOT NULL,
    level INTEGER NOT NULL,
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX case_file_form ON case_file (area_id, form_id);
