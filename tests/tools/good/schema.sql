-- The schema of the generators' tests.
CREATE TABLE place (code TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE item (
    area_id  INTEGER NOT NULL,
    id       INTEGER NOT NULL,
    name     TEXT NOT NULL,
    made_on  TEXT NOT NULL,
    seen_at  INTEGER,
    price    INTEGER,
    weight   REAL NOT NULL DEFAULT 0,
    done     INTEGER NOT NULL DEFAULT 0,
    note     TEXT,
-- sqlite:    PRIMARY KEY (area_id, id)
-- postgres:  PRIMARY KEY (area_id, id), CHECK (name ~ ':x')
);
