-- Entries of the ledgers: dated records of a few fields about a member of staff or about a unit.  All ledgers share the
-- columns; what a column is called in a ledger, and which it uses, stands in src/ledger/staff_kinds.c and unit_kinds.c.
CREATE TABLE entry (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    ledger TEXT NOT NULL,                               -- training, pledge, filing …
    unit_id BIGINT NOT NULL REFERENCES unit (id),       -- that it is about; with a member of staff, his, and it goes with him
    staff_id BIGINT,                                    -- whom it is about
    other_id BIGINT,                                    -- another member of staff: who supervises, who stands in
    target_id BIGINT REFERENCES unit (id),              -- another unit: where somebody is sent
    kind TEXT,
    mode TEXT,
    state TEXT,
    title TEXT,
    party TEXT,                                         -- who issued it, provided it, is concerned
    number TEXT,
    body TEXT,
    on_date TEXT NOT NULL,
    until_on TEXT,                                      -- when it ends, or until when it must be done
    done_on TEXT,                                       -- when what has a term was done
    amount BIGINT,                                      -- hours, minutes, posts, days
    amount_2 BIGINT,
    money BIGINT,                                       -- fen
    replaces_id BIGINT,                                 -- the version before this one
    void_on TEXT,                                       -- struck out: it was entered by mistake
    by_id BIGINT REFERENCES account (id),               -- NULL: the program itself
    at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, staff_id) REFERENCES staff (area_id, id)
);
CREATE INDEX entry_unit ON entry (area_id, unit_id, ledger, on_date);
CREATE INDEX entry_staff ON entry (area_id, staff_id, ledger, on_date);
CREATE INDEX entry_replaces ON entry (area_id, replaces_id);
