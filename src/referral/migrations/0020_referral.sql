-- Referrals 转介: in, out and between workers, by all methods of work.  What the receiver is given is a copy of its own
-- (shared_sealed), taken when it was sent: what the client agreed to, and nothing that came later.
CREATE TABLE referral (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    no TEXT NOT NULL,                                   -- station code - Z - year - serial
    direction TEXT NOT NULL,                            -- in, out, internal
    method TEXT NOT NULL,                               -- case; group and community to come
    state TEXT NOT NULL,                                -- code table referral_state
    source TEXT,                                        -- in: code table case_source
    from_unit_id BIGINT REFERENCES unit (id),           -- the station that refers; NULL: somebody outside
    from_id BIGINT REFERENCES account (id),             -- who refers: a worker, or a clerk
    from_org TEXT,
    from_person TEXT,
    from_phone TEXT,
    to_unit_id BIGINT REFERENCES unit (id),             -- the station that receives; NULL: an agency outside
    to_id BIGINT REFERENCES account (id),               -- the worker who receives
    to_org TEXT,
    to_person TEXT,
    to_phone TEXT,
    person_id BIGINT,                                   -- known to the station; of one that comes in, once he was accepted
    case_id BIGINT,                                     -- the case that it comes from
    new_case_id BIGINT,                                 -- the case that it became
    client_kind TEXT NOT NULL,                          -- person, family
    name TEXT NOT NULL,
    level INTEGER NOT NULL,                             -- S0–S4: the highest of what is shared, and of the person
    shared_sealed TEXT,                                 -- JSON of the shared fields
    fields TEXT NOT NULL,                               -- which: codes of referral_field, joined by commas
    reason TEXT,                                        -- code table referral_reason
    reason_note TEXT,
    services TEXT,                                      -- what is hoped for: catalogue codes
    service_class TEXT,                                 -- code table referral_class
    urgency INTEGER NOT NULL,                           -- 1 critical … 4 ordinary
    consent_id BIGINT,                                  -- the consent on the person's page
    consent_by TEXT,
    consent_relation TEXT,                              -- self, guardian
    consent_way TEXT,                                   -- written, oral, online
    consent_on TEXT,
    legal_basis TEXT,                                   -- instead of consent: statute and article
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    received_at BIGINT,
    decided_at BIGINT,
    decision_reason TEXT,
    answered_by TEXT,                                   -- the name of who answered
    feedback_at BIGINT,
    closed_at BIGINT,
    due_at BIGINT,                                      -- the clock that runs
    due_kind TEXT,                                      -- answer, handle, feedback
    sign_from TEXT,
    sign_to TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    UNIQUE (area_id, no)
);
CREATE INDEX referral_from ON referral (area_id, from_unit_id, state, id);
CREATE INDEX referral_to ON referral (area_id, to_unit_id, state, id);
CREATE INDEX referral_author ON referral (area_id, from_id, id);
CREATE INDEX referral_receiver ON referral (area_id, to_id, state);
CREATE INDEX referral_due ON referral (area_id, due_at);
CREATE INDEX referral_case ON referral (area_id, case_id);
CREATE INDEX referral_new_case ON referral (area_id, new_case_id);
CREATE INDEX referral_person ON referral (area_id, person_id);

-- Every step of a referral, and what was said: who, when, from, to.
CREATE TABLE referral_event (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    referral_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account_id BIGINT,                                  -- NULL: somebody outside
    who TEXT NOT NULL,
    kind TEXT NOT NULL,                                 -- state, feedback, link
    from_state TEXT,
    to_state TEXT,
    text TEXT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, referral_id) REFERENCES referral (area_id, id)
);
CREATE INDEX referral_event_referral ON referral_event (area_id, referral_id, at);

-- Serial numbers: one row for each station and year.
CREATE TABLE referral_serial (
    unit_id BIGINT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (unit_id, year)
);

-- The one-time link of an agency without an account.  Neither the address nor the code can be read back.
CREATE TABLE referral_link (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    referral_id BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by BIGINT NOT NULL REFERENCES account (id),
    expires_at BIGINT NOT NULL,
    failed INTEGER NOT NULL,                            -- wrong codes
    opened_at BIGINT,                                   -- first time with the right code
    visit_hash TEXT,                                    -- the browser that gave the right code
    visit_until BIGINT,
    ended_at BIGINT,                                    -- revoked, spent or tried too often
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, referral_id) REFERENCES referral (area_id, id)
);
CREATE UNIQUE INDEX referral_link_token ON referral_link (area_id, token_hash);
CREATE INDEX referral_link_referral ON referral_link (area_id, referral_id);
