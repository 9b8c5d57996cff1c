-- What somebody entered about a unit because no part of the program counts it: "is_large", "population" … (data/metrics.json).
-- A new value begins on its day; what stood before stays.
CREATE TABLE unit_fact (
    area_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    fact TEXT NOT NULL,                                 -- code of a metric that is given
    from_on TEXT NOT NULL,
    value TEXT NOT NULL,                                -- number, fen, date or code, as the metric says
    source TEXT,                                        -- where the value comes from
    by_id BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (area_id, unit_id, fact, from_on)
)
-- sqlite: WITHOUT ROWID
;

-- What a rule said of a unit, from one day to another: a row stands until the state or a figure changes, so the lamps of any
-- day can be told and a rule or a profile that changes today leaves last month as it was.
CREATE TABLE rule_result (
    area_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    rule TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,                                         -- first day on which it no longer stood
    state TEXT NOT NULL,                                -- ok, note, warn, error, unknown, na, figure
    left_value TEXT,
    right_value TEXT,
    figures TEXT NOT NULL,                              -- JSON: inputs, parameters, what is missing, who is concerned
    version INTEGER NOT NULL,                           -- of the rule in this place; 0: as delivered
    at BIGINT NOT NULL,
    PRIMARY KEY (area_id, unit_id, rule, from_on)
)
-- sqlite: WITHOUT ROWID
;

-- Units whose lamps must be looked at again.
CREATE TABLE rule_todo (
    unit_id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);

-- The nightly evaluations; who puts the row of a day is the one that runs it.
CREATE TABLE rule_run (
    day TEXT NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    units BIGINT,
    changed BIGINT
);

-- A rule as a place changed it: drafts, the one in force, and those before it.
CREATE TABLE rule_version (
    profile TEXT NOT NULL REFERENCES profile (code),
    rule TEXT NOT NULL,
    version INTEGER NOT NULL,                           -- from 1; a draft is 0
    expr TEXT NOT NULL,
    parameters TEXT NOT NULL,                           -- JSON: code → number
    reason TEXT,
    by_id BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (profile, rule, version)
);

-- All stations of a province, without going through its villages.
CREATE INDEX unit_level ON unit (level, closed_on);
