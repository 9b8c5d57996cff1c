-- Two registrations of one person or household become one, and can be parted again.
ALTER TABLE person ADD COLUMN merged_into BIGINT;       -- the person that he was found to be
ALTER TABLE person ADD COLUMN moved_to BIGINT;          -- the same person in another county
ALTER TABLE person ADD COLUMN came_from BIGINT;         -- the same person in the county that he left
ALTER TABLE household ADD COLUMN merged_into BIGINT;

-- Somebody looked and found that the two are not the same: they are not shown as possible doubles again.
CREATE TABLE person_distinct (
    area_id BIGINT NOT NULL,
    low_id BIGINT NOT NULL,                             -- the smaller of the two ids
    high_id BIGINT NOT NULL,
    at BIGINT NOT NULL,                                 -- milliseconds
    by_id BIGINT NOT NULL REFERENCES account (id),
    PRIMARY KEY (area_id, low_id, high_id)
);

-- A merge: who stays, who went, and how the one that stays was before (sealed), so that it can be undone.
CREATE TABLE merge (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,                                 -- person, household
    unit_id BIGINT NOT NULL REFERENCES unit (id),       -- of the one that stays
    keep_id BIGINT NOT NULL,
    gone_id BIGINT NOT NULL,
    at BIGINT NOT NULL,                                 -- milliseconds
    by_id BIGINT NOT NULL REFERENCES account (id),
    reason TEXT NOT NULL,
    before_sealed TEXT NOT NULL,                        -- JSON: field → value of the one that stays, before
    keep_version INTEGER NOT NULL,                      -- versions of the two before
    gone_version INTEGER NOT NULL,
    after_version INTEGER NOT NULL,                     -- version of the one that stays, after: nobody changed it since
    undone_at BIGINT,
    undone_by BIGINT REFERENCES account (id),
    undone_why TEXT,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX merge_unit ON merge (area_id, unit_id, id);
CREATE INDEX merge_keep ON merge (area_id, keep_id);
CREATE INDEX merge_gone ON merge (area_id, gone_id);

-- The journal of a merge: each row that was attached to either of the two.  moved: it went over to the one that stays;
-- there: it was his already; ended: the merge ended it; copied: the merge made it.  What is attached and not in here came later.
CREATE TABLE merge_part (
    area_id BIGINT NOT NULL,
    merge_id BIGINT NOT NULL,
    what TEXT NOT NULL,                                 -- the table
    row_id BIGINT NOT NULL,                             -- its row; of person_named: the account
    how TEXT NOT NULL,                                  -- moved, there, ended, copied
    was TEXT,                                           -- what the merge wrote over: a relation
    PRIMARY KEY (area_id, merge_id, what, row_id, how)
);
