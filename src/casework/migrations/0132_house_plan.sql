-- The plan of a household 家庭服务计划 (HN-19): its aim.  Each saving is a row of its own; the newest counts.
CREATE TABLE house_plan (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    household_id BIGINT NOT NULL,
    aim TEXT NOT NULL,
    from_on TEXT NOT NULL,
    review_on TEXT,
    by_id BIGINT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, household_id) REFERENCES household (area_id, id)
);
CREATE INDEX house_plan_household ON house_plan (area_id, household_id, id);

-- Its own lines, for a member or for all of them; goals and steps of cases stay in the cases.
CREATE TABLE house_line (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    household_id BIGINT NOT NULL,
    person_id BIGINT,                                   -- NULL: the household as a whole
    goal TEXT NOT NULL,
    action TEXT NOT NULL,
    who TEXT NOT NULL,
    project TEXT,                                       -- the project or the contractor that does it
    due_on TEXT,
    state TEXT NOT NULL,                                -- open, done, dropped
    ended_on TEXT,
    result TEXT,
    by_id BIGINT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, household_id) REFERENCES household (area_id, id)
);
CREATE INDEX house_line_household ON house_line (area_id, household_id, state);
CREATE INDEX house_line_person ON house_line (area_id, person_id);
