-- The inbox 收件箱: what somebody must know at once.  It holds numbers of records, never names.
CREATE TABLE inbox (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,                                 -- crisis, discovery, duty, waiver, waived, named
    entity TEXT NOT NULL,                               -- case, discovery, report
    entity_id BIGINT NOT NULL,
    ref TEXT NOT NULL,                                  -- its number
    at BIGINT NOT NULL,
    done_at BIGINT,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX inbox_account ON inbox (area_id, account_id, done_at, id);

-- Messages to the outside that say no more than that there is something urgent.  Sent by a job after the commit, tried again when they fail.
CREATE TABLE message (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    channel TEXT NOT NULL,                              -- mail, webhook
    kind TEXT NOT NULL,                                 -- as in inbox
    account_id BIGINT REFERENCES account (id),          -- mail: to whom
    at BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    next_at BIGINT,                                     -- when it is tried; NULL: sent, or given up
    sent_at BIGINT,
    error TEXT,                                         -- why the last try failed
    PRIMARY KEY (area_id, id)
);
CREATE INDEX message_due ON message (next_at, area_id, id);

-- Where an account gets its mail.
CREATE TABLE account_mail (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id),
    address_sealed TEXT NOT NULL
);

-- How a person may be reached without putting him in danger (Anti-Domestic-Violence Law art. 5); remarks stand in phone_note.
ALTER TABLE person ADD COLUMN safe_phone_sealed TEXT;
ALTER TABLE person ADD COLUMN safe_hours TEXT;                             -- "工作日 9:00–11:00"
ALTER TABLE person ADD COLUMN call_rule TEXT;                              -- hours: only within the safe hours; never: not to be called; NULL: as usual
