-- Case conferences 个案会议 (MZT-11): which parts of a case were shared with whom, on what ground, and what was decided.
CREATE TABLE conference (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    case_id BIGINT NOT NULL,
    on_date TEXT NOT NULL,
    place TEXT,
    topic TEXT NOT NULL,
    state TEXT NOT NULL,                                -- planned, held, cancelled
    parts TEXT,                                         -- what is shared: codes of case_part, "basic,needs"
    level INTEGER NOT NULL,                             -- of what is shared; the minutes count as much
    basis TEXT,                                         -- statute and article where no consent is needed
    minutes TEXT,                                       -- or why it was cancelled
    by_id BIGINT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    held_at BIGINT,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX conference_case ON conference (area_id, case_id, on_date);

-- Who took part.
CREATE TABLE attendee (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    conference_id BIGINT NOT NULL,
    mate_id BIGINT,                                     -- of the case's team
    account_id BIGINT REFERENCES account (id),          -- NULL: somebody without an account, from outside
    name TEXT NOT NULL,
    profession TEXT NOT NULL,                           -- code table profession
    org TEXT,
    consent_id BIGINT,                                  -- the consent that names him as receiver
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, conference_id) REFERENCES conference (area_id, id)
);
CREATE INDEX attendee_conference ON attendee (area_id, conference_id);

-- What a conference decided: who does what until when.
CREATE TABLE resolution (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    conference_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    who TEXT NOT NULL,
    due_on TEXT,
    done_on TEXT,
    result TEXT,
    by_id BIGINT NOT NULL REFERENCES account (id),
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, conference_id) REFERENCES conference (area_id, id)
);
CREATE INDEX resolution_conference ON resolution (area_id, conference_id);

-- The team of a case 个案团队 (MZT-19).  Being of it opens nothing: what somebody may learn is told to him within his parts.
CREATE TABLE case_mate (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    name TEXT NOT NULL,
    profession TEXT NOT NULL,                           -- code table profession
    org TEXT,
    task TEXT NOT NULL,
    parts TEXT,                                         -- what may be shared with him: codes of case_part
    from_on TEXT NOT NULL,
    to_on TEXT,
    by_id BIGINT NOT NULL REFERENCES account (id),
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX case_mate_case ON case_mate (area_id, case_id);
