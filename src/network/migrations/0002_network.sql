-- Administrative divisions, 12 digits (GB/T 2260 + GB/T 10114).  A reference table; withdrawn codes stay, with an end.
CREATE TABLE division (
    code TEXT NOT NULL PRIMARY KEY,                     -- "350424100201"
    name TEXT NOT NULL,
    level INTEGER NOT NULL,                             -- 1 province, 2 prefecture, 3 county, 4 township, 5 village
    parent TEXT,                                        -- the code one level up; empty for a province
    class TEXT,                                         -- urban–rural class, three digits
    valid_from TEXT,
    valid_to TEXT,
    successor TEXT,                                     -- the code that took its place
    edition TEXT                                        -- day of the newest table that lists it
);
CREATE INDEX division_parent ON division (parent, code);

-- The rules and names of a place, as loaded from data/profiles/.
CREATE TABLE profile (
    code TEXT NOT NULL PRIMARY KEY,                     -- "ninghua"
    name TEXT NOT NULL,
    doc TEXT NOT NULL,                                  -- JSON
    loaded_at BIGINT NOT NULL
);

-- The service tree: general station, centre, station, point … (HN-02); each node names its division (HN-01).
-- A reference table; area_id is the county the unit works in.
CREATE TABLE unit (
    id BIGINT NOT NULL PRIMARY KEY,
    area_id BIGINT NOT NULL,                            -- 350424; a city or province unit: its own six digits
    code TEXT NOT NULL UNIQUE,                          -- station code, first part of case numbers
    profile TEXT NOT NULL REFERENCES profile (code),
    level TEXT NOT NULL,                                -- level code of the profile
    parent_id BIGINT REFERENCES unit (id),
    name TEXT NOT NULL,
    division TEXT NOT NULL,                             -- where it works
    region TEXT,                                        -- code of the profile's regions (NH-08)
    run_mode TEXT,                                      -- purchase, direct, mixed
    premises TEXT,                                      -- code of the profile's premises
    address TEXT,
    hotline TEXT,
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    successor_id BIGINT REFERENCES unit (id),           -- merged into
    version INTEGER NOT NULL
);
CREATE INDEX unit_parent ON unit (parent_id);
CREATE INDEX unit_area ON unit (area_id, level);
CREATE INDEX unit_division ON unit (division);

-- Every unit with all units below it and itself (depth 0): subtrees without recursion.
CREATE TABLE unit_closure (
    ancestor_id BIGINT NOT NULL,
    descendant_id BIGINT NOT NULL,
    depth INTEGER NOT NULL,
    PRIMARY KEY (ancestor_id, descendant_id)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX unit_closure_up ON unit_closure (descendant_id, depth);

-- Opened, renamed, moved, merged, closed: what the tree was on any day can be told from this.
CREATE TABLE unit_event (
    id BIGINT NOT NULL PRIMARY KEY,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    on_date TEXT NOT NULL,
    kind TEXT NOT NULL,                                 -- opened, renamed, moved, merged, closed, changed
    old_value TEXT,
    new_value TEXT,
    by_id BIGINT
);
CREATE INDEX unit_event_unit ON unit_event (unit_id, on_date);

-- Which villages a point serves, and how far the farthest resident has to go (NH-06: 15 minutes).
CREATE TABLE unit_village (
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    division TEXT NOT NULL,
    minutes INTEGER,
    from_on TEXT NOT NULL,
    to_on TEXT,
    PRIMARY KEY (unit_id, division, from_on)
);
CREATE INDEX unit_village_division ON unit_village (division, to_on);

-- People who work for the network.  Dated: asked as of a day.
CREATE TABLE staff (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    name TEXT NOT NULL,
    sex TEXT NOT NULL,
    born TEXT,
    phone_sealed TEXT,
    employment TEXT NOT NULL,                           -- full, part
    education TEXT,                                     -- GB/T 4658
    major TEXT,
    political TEXT,                                     -- GB/T 4762
    service_from TEXT,                                  -- first day in social work
    started_on TEXT NOT NULL,
    left_on TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX staff_unit ON staff (area_id, unit_id);

-- Who holds which post where, from when to when.
CREATE TABLE post (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    staff_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                                 -- head, worker, supervisor, assistant …
    from_on TEXT NOT NULL,
    to_on TEXT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, staff_id) REFERENCES staff (area_id, id)
);
CREATE INDEX post_staff ON post (area_id, staff_id);
CREATE INDEX post_unit ON post (area_id, unit_id);

-- Professional certificates (社会工作者职业资格证书).
CREATE TABLE certificate (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    staff_id BIGINT NOT NULL,
    level TEXT NOT NULL,                                -- code table worker_certificate
    number TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    registered_on TEXT,
    valid_to TEXT,                                      -- of the registration
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, staff_id) REFERENCES staff (area_id, id)
);
CREATE INDEX certificate_staff ON certificate (area_id, staff_id);
