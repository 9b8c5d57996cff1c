-- Lists (清单): what residents need, what resources and services there are, which projects and tasks are planned.  A row is one
-- version of a list; what a version says is fixed once it was published.
CREATE TABLE list (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    first_id BIGINT NOT NULL,                           -- its first version; of the first version its own id
    number INTEGER NOT NULL,                            -- of the version, from 1
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL,                                 -- a code of the profile's lists: needs, resources, services …
    title TEXT NOT NULL,
    from_on TEXT NOT NULL,                              -- the period that it is for
    to_on TEXT,
    state TEXT NOT NULL,                                -- draft, valid, old, void (a draft that was not wanted)
    called_by TEXT,                                     -- who called the meeting that made it
    meeting TEXT,
    meeting_on TEXT,
    parties TEXT,                                       -- who was there: codes of list_party, by comma
    published_on TEXT,
    replaced_on TEXT,                                   -- when the next version was published
    by_id BIGINT REFERENCES account (id),               -- NULL: the program itself
    at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id)
);
CREATE UNIQUE INDEX list_number ON list (area_id, first_id, number);
CREATE INDEX list_unit ON list (area_id, unit_id, kind, state);

-- The lines of a version.  A line keeps its id in all versions; its state goes on after the version was published.
CREATE TABLE list_line (
    area_id BIGINT NOT NULL,
    list_id BIGINT NOT NULL,
    line_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT,                                          -- a code of the "kinds" of the profile's list
    topic TEXT,                                         -- code table resource_kind
    source TEXT,                                        -- code table list_source, or the profile's list_sources
    sector TEXT,                                        -- code table resource_source
    priority TEXT,
    audience TEXT,                                      -- a code of the profile's audiences
    catalogue TEXT,                                     -- code of a service
    content TEXT,
    standard TEXT,
    frequency TEXT,
    record_form TEXT,
    party TEXT,                                         -- who provides it or undertakes it
    staff_id BIGINT,                                    -- who looks after it
    amount BIGINT,
    due_on TEXT,
    state TEXT NOT NULL,
    reason TEXT,                                        -- why it is in this state
    done BIGINT,                                        -- how much of the amount
    void_on TEXT,                                       -- struck out of a draft
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, list_id, line_id),
    FOREIGN KEY (area_id, list_id) REFERENCES list (area_id, id),
    FOREIGN KEY (area_id, staff_id) REFERENCES staff (area_id, id)
);
CREATE INDEX list_line_line ON list_line (area_id, line_id);

-- Which lines of different lists belong together: a need and the resource, service or project that answers it.
CREATE TABLE list_link (
    area_id BIGINT NOT NULL,
    low_id BIGINT NOT NULL,                             -- the two lines, the smaller id first
    high_id BIGINT NOT NULL,
    ended_on TEXT,
    PRIMARY KEY (area_id, low_id, high_id)
);
CREATE INDEX list_link_high ON list_link (area_id, high_id);
