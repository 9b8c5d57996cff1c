-- What the papers of a unit, and of those below it without a row of their own, look like.
CREATE TABLE unit_paper (
    unit_id BIGINT NOT NULL PRIMARY KEY REFERENCES unit (id),
    heading TEXT NOT NULL,                              -- at the top of each paper; empty: the name of the unit
    seal TEXT NOT NULL,                                 -- where the seal goes: right, left, none
    by_id BIGINT NOT NULL,
    at BIGINT NOT NULL                                  -- milliseconds
);

-- Papers of several cases that were printed in one go, on a thread of their own.
CREATE TABLE printing (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,                         -- only he may fetch it
    total BIGINT NOT NULL,                              -- cases chosen
    done_n BIGINT NOT NULL,                             -- cases printed
    skipped_n BIGINT NOT NULL,                          -- cases that he may not read
    state TEXT NOT NULL,                                -- running, done, failed
    path TEXT,                                          -- the .zip; empty once it was removed
    at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,                            -- last sign of life; milliseconds
    PRIMARY KEY (area_id, id)
);
CREATE INDEX printing_at ON printing (area_id, at);
