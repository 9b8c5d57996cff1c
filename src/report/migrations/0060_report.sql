-- Discoveries 发现报告: a need that somebody noticed, until the station has dealt with it.  Who told it stands apart and sealed.
CREATE TABLE discovery (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    no TEXT NOT NULL,                                   -- station code - F - year - serial
    unit_id BIGINT NOT NULL REFERENCES unit (id),       -- who must take it up
    source TEXT NOT NULL,                               -- code table discovery_source
    kind TEXT NOT NULL,                                 -- code table discovery_kind
    situations TEXT,                                    -- code table minor_harm, joined by commas
    minor TEXT NOT NULL,                                -- yes, no, unknown
    urgency INTEGER NOT NULL,                           -- 1 critical … 4 ordinary
    level INTEGER NOT NULL,                             -- S2–S4
    state TEXT NOT NULL,                                -- code table discovery_state
    name_sealed TEXT,                                   -- who is in need, as far as it is known
    told_sealed TEXT NOT NULL,                          -- JSON: place, facts, telephone …
    reporter_sealed TEXT,                               -- JSON: name and telephone of who told it
    reporter_id BIGINT REFERENCES account (id),         -- who wrote it down
    found_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT,                                      -- until when it must be dealt with; NULL: it is
    taken_by BIGINT REFERENCES account (id),
    taken_at BIGINT,
    settled_at BIGINT,
    needs TEXT,                                         -- code table need, joined by commas
    note TEXT,
    person_id BIGINT,
    case_id BIGINT,
    referral_id BIGINT,
    report_id BIGINT,
    PRIMARY KEY (area_id, id),
    UNIQUE (area_id, no)
);
CREATE INDEX discovery_unit ON discovery (area_id, unit_id, state, id);
CREATE INDEX discovery_reporter ON discovery (area_id, reporter_id, id);

-- Mandatory reports 强制报告 (Anti-Domestic-Violence Law art. 14; Law on the Protection of Minors art. 11): the duty, its clock, to whom
-- and how it was reported.  Only who is named on one and the head of its station read it.
CREATE TABLE report (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    no TEXT NOT NULL,                                   -- station code - Q - year - serial
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    duty TEXT NOT NULL,                                 -- code table report_duty
    state TEXT NOT NULL,                                -- code table report_state
    opened_by TEXT NOT NULL,                            -- discovery, urgency, risk, hand
    flags TEXT,                                         -- the risk flags that opened it
    discovery_id BIGINT,
    case_id BIGINT,
    person_id BIGINT,
    owner_id BIGINT NOT NULL REFERENCES account (id),   -- who must report
    content_sealed TEXT NOT NULL,                       -- JSON: name, facts, what was answered
    situations TEXT,                                    -- code table minor_harm, joined by commas
    found_at BIGINT NOT NULL,                           -- the clock runs from here
    created_at BIGINT NOT NULL,
    due_at BIGINT,                                      -- NULL: no duty is open
    reported_at BIGINT,
    way TEXT,                                           -- code table report_way
    receiver TEXT,                                      -- code table report_receiver
    receiver_unit TEXT,
    receiver_person TEXT,
    receipt TEXT,                                       -- number that the receiver gave
    also TEXT,                                          -- code table report_receiver, joined by commas
    told TEXT,                                          -- yes; danger: telling the client would put him at risk; no
    told_why TEXT,
    waive_why TEXT,                                     -- why it is not to be reported
    waive_answer TEXT,
    decided_by BIGINT REFERENCES account (id),
    decided_at BIGINT,
    closed_at BIGINT,
    PRIMARY KEY (area_id, id),
    UNIQUE (area_id, no)
);
CREATE INDEX report_unit ON report (area_id, unit_id, state, id);
CREATE INDEX report_case ON report (area_id, case_id, state);
CREATE INDEX report_owner ON report (area_id, owner_id, state);

-- Who may read a report besides its owner and the head of the station.
CREATE TABLE report_named (
    area_id BIGINT NOT NULL,
    report_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES account (id),
    PRIMARY KEY (area_id, report_id, account_id),
    FOREIGN KEY (area_id, report_id) REFERENCES report (area_id, id)
);

-- The response lines (MZ/T 071: emergency help, shelter, comfort, resources, support) of a discovery or a report.
CREATE TABLE response (
    area_id BIGINT NOT NULL,
    subject_id BIGINT NOT NULL,                         -- of the discovery or report
    line TEXT NOT NULL,                                 -- code table response_line
    state TEXT NOT NULL,                                -- open, done, not_needed
    note_sealed TEXT,
    by_id BIGINT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (area_id, subject_id, line)
);

-- What happened to a discovery or a report.  Who told a discovery is never in it.
CREATE TABLE report_event (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    subject_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account_id BIGINT REFERENCES account (id),          -- NULL: not to be shown
    kind TEXT NOT NULL,                                 -- created, taken, settled, opened, reported, answer, follow, asked, waived, refused, named, closed
    code TEXT,                                          -- what it became
    text_sealed TEXT,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX report_event_subject ON report_event (area_id, subject_id, at);

-- Serial numbers: one row for each station, kind (F discovery, Q report) and year.
CREATE TABLE report_serial (
    unit_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (unit_id, kind, year)
);
