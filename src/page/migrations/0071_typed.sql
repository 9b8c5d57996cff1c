-- What was sent already, for a day: the same form sent twice (double click, reload, a network that repeats) is done once.
CREATE TABLE once (
    area_id BIGINT NOT NULL,
    hash TEXT NOT NULL,                                 -- of the form's token, its user and all that it held
    at BIGINT NOT NULL,                                 -- milliseconds
    location TEXT,                                      -- where the first one led to
    flash TEXT,                                         -- and what it said
    PRIMARY KEY (area_id, hash)
);
CREATE INDEX once_at ON once (area_id, at);

-- What a user typed into a page and did not save: kept while he types, and when his session ended before he sent it.
CREATE TABLE draft (
    area_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id),
    address TEXT NOT NULL,                              -- of the page with the form
    typed_sealed TEXT NOT NULL,                         -- the fields, urlencoded
    at BIGINT NOT NULL,                                 -- milliseconds
    PRIMARY KEY (area_id, account_id, address)
);
