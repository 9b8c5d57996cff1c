-- A list that was given out is one row of the register, and each who stood in it has that row in his own.
ALTER TABLE disclosure ADD COLUMN list TEXT;             -- title of a list that was exported
ALTER TABLE disclosure ADD COLUMN rows_n INTEGER;        -- its lines

-- Who stood in a list that was given out.
CREATE TABLE disclosed (
    area_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    disclosure_id BIGINT NOT NULL,
    PRIMARY KEY (area_id, person_id, disclosure_id),
    FOREIGN KEY (area_id, disclosure_id) REFERENCES disclosure (area_id, id)
);
