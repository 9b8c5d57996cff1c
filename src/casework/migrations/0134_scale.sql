-- What scales 量表 gave, measured between the forms; those of form B stay in the form.
CREATE TABLE case_score (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    scale TEXT NOT NULL,                                -- its name
    stage TEXT NOT NULL,                                -- pre, mid, post
    score BIGINT NOT NULL,                              -- in hundredths
    better TEXT NOT NULL,                               -- lower, higher: what is an improvement; none: not known
    on_date TEXT NOT NULL,
    note TEXT,
    by_id BIGINT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    void_on TEXT,                                       -- entered by mistake
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, case_id) REFERENCES casefile (area_id, id)
);
CREATE INDEX case_score_case ON case_score (area_id, case_id, on_date);
