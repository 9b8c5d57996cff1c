-- Hooks 变动通知: other systems that are told when a record of the county changed.  What is told is read off the trail
-- (audit), lane by lane, so that nothing is missed and saving costs nothing more.
CREATE TABLE hook (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    settings_sealed TEXT NOT NULL,                      -- sealed: address and secret
    host TEXT NOT NULL,                                 -- of the address, to be shown
    entities TEXT NOT NULL,                             -- "case,person"
    account_id BIGINT NOT NULL REFERENCES account (id), -- who made it
    made_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,                            -- not tried before
    tries INTEGER NOT NULL,                             -- that failed, one after the other
    sent_at BIGINT,                                     -- when it was last taken
    sent INTEGER NOT NULL,                              -- changes told so far
    error TEXT,                                         -- why the last try failed
    paused_at BIGINT,                                   -- by hand, or because too many tries failed
    ended_at BIGINT,
    PRIMARY KEY (area_id, id)
);

CREATE INDEX hook_due ON hook (next_at, area_id, id);

-- How far each lane of the trail was told.
CREATE TABLE hook_lane (
    area_id BIGINT NOT NULL,
    hook_id BIGINT NOT NULL,
    lane BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (area_id, hook_id, lane)
);
