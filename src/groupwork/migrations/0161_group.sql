-- Group work 小组工作 (MZ/T 095-2017).  What the process needs is a column; the rest stands in the forms.
CREATE TABLE groupfile (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    no TEXT NOT NULL,                                   -- station code - "G" year - serial
    name TEXT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    state TEXT NOT NULL,                                -- code table group_states
    nature TEXT,                                        -- what follows is of the approved plan (form H)
    open_kind TEXT,                                     -- open, closed
    min_size INTEGER,
    max_size INTEGER,
    sessions_planned INTEGER,
    leader_id BIGINT NOT NULL REFERENCES account (id),
    supervisor_id BIGINT REFERENCES account (id),
    opened_on TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    contract TEXT,                                      -- the rules that the members signed
    contract_on TEXT,
    closed_on TEXT,
    end_reason TEXT,                                    -- code table group_cancel, of a group that was cancelled
    end_note TEXT,                                      -- why it was cancelled or stopped
    end_care TEXT,                                      -- stopped: how the members are looked after
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    UNIQUE (area_id, no)
);
CREATE INDEX groupfile_unit ON groupfile (area_id, unit_id, opened_on, id);
CREATE INDEX groupfile_leader ON groupfile (area_id, leader_id, state);
CREATE INDEX groupfile_supervisor ON groupfile (area_id, supervisor_id) WHERE supervisor_id IS NOT NULL;

-- Serial numbers of groups: one row for each station and year.
CREATE TABLE group_serial (
    unit_id BIGINT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (unit_id, year)
);

-- Candidates and members.
CREATE TABLE group_member (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    state TEXT NOT NULL,                                -- code table group_member
    applied_on TEXT NOT NULL,
    screened_by TEXT,                                   -- the way: code table group_screening
    screened_on TEXT,
    reason TEXT,                                        -- of the result of screening
    late INTEGER NOT NULL,                              -- 1: wants to join a closed group after it began; needs approval
    approved_by BIGINT,                                 -- who approved that
    joined_on TEXT,
    left_on TEXT,
    leave_reason TEXT,                                  -- code table group_leave
    leave_note TEXT,
    personal_goal TEXT,
    pre_test TEXT,
    post_test TEXT,
    contract_signed_on TEXT,
    guardian TEXT,                                      -- who consented for a minor
    guardian_on TEXT,
    photo_consent INTEGER NOT NULL,
    notes TEXT,
    case_id BIGINT,                                     -- the case he was turned into
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, group_id) REFERENCES groupfile (area_id, id),
    FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
);
CREATE INDEX group_member_group ON group_member (area_id, group_id, state);
CREATE INDEX group_member_person ON group_member (area_id, person_id);

-- Sessions 节: each has one plan (form I) and one record (form J).
CREATE TABLE group_session (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,                                -- planned, held, cancelled
    period TEXT,                                        -- code table group_period; of the plan that was handed in, then of the record
    theme TEXT,
    on_date TEXT,
    cancelled TEXT,                                     -- why
    PRIMARY KEY (area_id, id),
    UNIQUE (area_id, group_id, number),
    FOREIGN KEY (area_id, group_id) REFERENCES groupfile (area_id, id)
);
CREATE INDEX group_session_open ON group_session (area_id, on_date, group_id) WHERE state = 'planned';

-- Who came to a session, out of its record (form J).
CREATE TABLE group_attendance (
    area_id BIGINT NOT NULL,
    session_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    state TEXT NOT NULL,                                -- code table group_attendance
    present INTEGER NOT NULL,
    reason TEXT,
    PRIMARY KEY (area_id, session_id, member_id),
    FOREIGN KEY (area_id, group_id) REFERENCES groupfile (area_id, id)
);
CREATE INDEX group_attendance_group ON group_attendance (area_id, group_id);

-- Forms H, I, J, K: every version is kept.
CREATE TABLE group_form (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    session_id BIGINT,                                  -- of forms I and J
    form TEXT NOT NULL,
    seq INTEGER NOT NULL,                               -- the number of the session; 0 for H and K
    version INTEGER NOT NULL,
    form_version INTEGER NOT NULL,                      -- of the form's definition
    status TEXT NOT NULL,                               -- draft, submitted, returned, approved
    current INTEGER NOT NULL,                           -- 1: the newest version
    doc TEXT NOT NULL,                                  -- JSON
    filled_by BIGINT NOT NULL,
    filled_on TEXT NOT NULL,
    submitted_at BIGINT,
    reviewed_by BIGINT,
    reviewed_at BIGINT,
    review TEXT,                                        -- supervisor's comment
    saved_at BIGINT NOT NULL,
    saves INTEGER NOT NULL,                             -- counts saves: two people on one form notice each other
    PRIMARY KEY (area_id, id),
    UNIQUE (area_id, group_id, form, seq, version),
    FOREIGN KEY (area_id, group_id) REFERENCES groupfile (area_id, id)
);
CREATE INDEX group_form_waiting ON group_form (area_id, group_id, submitted_at) WHERE status = 'submitted' AND current = 1;

-- Photos and papers of a form; the bytes lie in the folder of attachments under their hash.
CREATE TABLE group_file (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    form_id BIGINT NOT NULL,
    field TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    hash TEXT NOT NULL,
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, group_id) REFERENCES groupfile (area_id, id)
);
CREATE INDEX group_file_form ON group_file (area_id, form_id);
CREATE INDEX group_file_hash ON group_file (hash, size);

-- Every transition: who, when, from, to, why.
CREATE TABLE group_event (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                                 -- state, submitted, approved, returned, supervisor, leader
    from_state TEXT,
    to_state TEXT,
    reason TEXT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, group_id) REFERENCES groupfile (area_id, id)
);
CREATE INDEX group_event_group ON group_event (area_id, group_id, at);

-- Check lists of the periods and follow-ups of the summary: done by hand, or not needed with a reason.
CREATE TABLE group_tick (
    area_id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    item TEXT NOT NULL,                                 -- code of data/forms/group_stages.json, or "K.follow_up:2"
    state TEXT NOT NULL,                                -- done, not_needed
    reason TEXT,
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (area_id, group_id, item)
);
