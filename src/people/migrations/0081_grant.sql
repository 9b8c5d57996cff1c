-- A file that need-to-know shuts, opened to somebody for a time: by the head's approval, or by himself in an emergency, which the
-- head reviews afterwards.
CREATE TABLE access_grant (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,                         -- to whom
    unit_id BIGINT NOT NULL,                            -- the person's station then: whose head decides
    level INTEGER NOT NULL,                             -- 3 or 4: up to which level it opens
    way TEXT NOT NULL,                                  -- asked, emergency
    reason TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    state TEXT NOT NULL,                                -- waiting, open, refused, ended
    until_at BIGINT,                                    -- when it shuts again
    decided_by BIGINT,
    decided_at BIGINT,
    answer TEXT,
    reviewed_by BIGINT,                                 -- emergency: the head, afterwards
    reviewed_at BIGINT,
    finding TEXT,                                       -- right, wrong
    remark TEXT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
);
CREATE INDEX access_grant_person ON access_grant (area_id, person_id, account_id, until_at);
CREATE INDEX access_grant_unit ON access_grant (area_id, unit_id, id);

-- Who may open the files of minors at his station without asking for each; an assignment of a case counts as well.
CREATE TABLE account_minor (
    account_id BIGINT NOT NULL REFERENCES account (id),
    from_at BIGINT NOT NULL,
    by_id BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by BIGINT,
    PRIMARY KEY (account_id, from_at)
);
