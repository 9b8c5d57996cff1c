-- Tokens with which programs ask in the name of a user.  The secret itself is shown once; here its hash.  A reference table.
CREATE TABLE api_token (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,                                 -- what it is for
    secret_hash TEXT NOT NULL UNIQUE,
    writes INTEGER NOT NULL,                            -- 0: may only read
    made_at BIGINT NOT NULL,                            -- milliseconds
    expires_on TEXT NOT NULL,                           -- the last day
    used_at BIGINT,                                     -- to some minutes
    ended_at BIGINT
);
CREATE INDEX api_token_account ON api_token (account_id, ended_at);
