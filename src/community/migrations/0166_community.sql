-- Projects of community work (社区社会工作, four stages): from the assessment of needs to the improvements that follow from the
-- evaluation.  They hold no personal data but names of staff; activities hold counts.
CREATE TABLE project (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    no TEXT NOT NULL,                                   -- "CJ-SQ2026-001"
    name TEXT NOT NULL,
    kind TEXT NOT NULL,                                 -- code table community_kind
    slot TEXT,                                          -- a kind of the place's list of projects
    staff_id BIGINT,                                    -- the responsible worker
    state TEXT NOT NULL,
    before TEXT,                                        -- the state in which it was suspended, terminated …
    reason TEXT,                                        -- why it is rejected, withdrawn, suspended, terminated
    party_org TEXT,                                     -- who guides it, out of the assessment that was handed in
    residents_org TEXT,
    decision TEXT,                                      -- internal, purchase
    decided_on TEXT,
    decided_by TEXT,                                    -- which body
    decision_no TEXT,
    granted BIGINT,                                     -- fen
    third_by TEXT,                                      -- assessment by a third party before approval
    third_on TEXT,
    third_result TEXT,
    improvement TEXT,                                   -- what became better, told when it is closed
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    by_id BIGINT REFERENCES account (id),
    at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, staff_id) REFERENCES staff (area_id, id)
);
CREATE INDEX project_unit ON project (area_id, unit_id, state);

-- Numbers by station and year.
CREATE TABLE project_serial (
    unit_id BIGINT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (unit_id, year)
);

-- The needs assessment and the plan of a project, every version.
CREATE TABLE project_form (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    form TEXT NOT NULL,                                 -- community_needs, community_plan
    version INTEGER NOT NULL,
    form_version INTEGER NOT NULL,                      -- of the definition
    status TEXT NOT NULL,                               -- draft, submitted, approved, returned
    doc TEXT NOT NULL,                                  -- JSON
    filled_by BIGINT NOT NULL REFERENCES account (id),
    filled_on TEXT NOT NULL,
    submitted_at BIGINT,
    reviewed_by BIGINT REFERENCES account (id),
    reviewed_at BIGINT,
    review TEXT,
    saved_at BIGINT NOT NULL,
    saves INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, id)
);
CREATE UNIQUE INDEX project_form_version ON project_form (area_id, project_id, form, version);

-- What happened to a project: states, decisions, changes.
CREATE TABLE project_event (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                                 -- state, submitted, approved, returned, change
    on_date TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES account (id),
    from_state TEXT,
    to_state TEXT,
    what TEXT,                                          -- the form, or what was changed
    was TEXT,
    became TEXT,
    reason TEXT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, id)
);
CREATE INDEX project_event_project ON project_event (area_id, project_id, at);

-- Lines of lists of needs and problems that a project answers.
CREATE TABLE project_line (
    area_id BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    line_id BIGINT NOT NULL,
    ended_on TEXT,
    PRIMARY KEY (area_id, project_id, line_id),
    FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, id)
);

-- Activities of a project: planned, held or cancelled.  Counts, no persons.
CREATE TABLE project_activity (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    no INTEGER NOT NULL,                                -- within the project, from 1
    name TEXT NOT NULL,
    state TEXT NOT NULL,                                -- planned, held, cancelled
    service TEXT,                                       -- code of the catalogue
    method TEXT NOT NULL,                               -- code table community_method
    on_date TEXT NOT NULL,
    time TEXT,
    place TEXT,
    audience TEXT,                                      -- codes of community_audience, by comma
    planned INTEGER,                                    -- how many were expected
    persons INTEGER,                                    -- how many came
    firsts INTEGER,                                     -- of them, how many came to this project for the first time
    times INTEGER,                                      -- person-times
    volunteers INTEGER,
    hours INTEGER,                                      -- of volunteers
    staff TEXT,
    process TEXT,
    cost BIGINT,                                        -- fen
    goods TEXT,
    asked INTEGER,                                      -- of whom satisfaction was asked
    satisfaction INTEGER,                               -- mean, of 100
    problems TEXT,
    reflection TEXT,
    link TEXT,                                          -- where it was made known
    reason TEXT,                                        -- why it was cancelled
    by_id BIGINT REFERENCES account (id),
    at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, id)
);
CREATE UNIQUE INDEX project_activity_no ON project_activity (area_id, project_id, no);

-- Rounds of evaluation.
CREATE TABLE project_review (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    phase TEXT NOT NULL,                                -- mid, end
    kind TEXT NOT NULL,                                 -- code table evaluation_kind
    on_date TEXT NOT NULL,
    party TEXT NOT NULL,                                -- who evaluated
    asked INTEGER,
    score INTEGER,                                      -- of 100
    grade TEXT,
    conclusion TEXT NOT NULL,
    clean INTEGER NOT NULL,                             -- 1: nothing was found that needs to become better
    by_id BIGINT REFERENCES account (id),
    at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, id)
);
CREATE INDEX project_review_project ON project_review (area_id, project_id, id);

-- What an evaluation found, and what is done about it.
CREATE TABLE project_finding (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    review_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    problem INTEGER,                                    -- row of the problems in the assessment of needs
    suggestion TEXT,
    way TEXT NOT NULL,                                  -- open, task, none
    task TEXT,
    owner_id BIGINT,                                    -- staff
    due_on TEXT,
    note TEXT,                                          -- why nothing is needed
    done_on TEXT,
    result TEXT,
    by_id BIGINT REFERENCES account (id),
    at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, id),
    FOREIGN KEY (area_id, review_id) REFERENCES project_review (area_id, id),
    FOREIGN KEY (area_id, owner_id) REFERENCES staff (area_id, id)
);
CREATE INDEX project_finding_project ON project_finding (area_id, project_id, id);
