-- Which steps of the schema this database has.
CREATE TABLE schema_step (
    name TEXT NOT NULL PRIMARY KEY,                     -- "0001_ids"
    done_at BIGINT NOT NULL                             -- milliseconds
);

-- The counter behind all ids; programs take it in blocks.
CREATE TABLE id_block (
    id INTEGER NOT NULL PRIMARY KEY,                    -- always 1
    next BIGINT NOT NULL                                -- the first counter nobody has taken
);
INSERT INTO id_block (id, next) VALUES (1, 1);

-- Settings of this database that the program needs to know: key version, loaded profile …
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
