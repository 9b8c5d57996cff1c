-- Who may sign in.  A reference table: small, and known to every shard.
CREATE TABLE account (
    id BIGINT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,                         -- what is typed, lower case
    name TEXT NOT NULL,                                 -- shown name
    role TEXT NOT NULL,                                 -- code of data/roles.json
    unit_id BIGINT NOT NULL REFERENCES unit (id),       -- the subtree is the scope
    staff_id BIGINT,                                    -- when the user is a member of staff
    password TEXT NOT NULL,                             -- argon2id
    must_change INTEGER NOT NULL,                       -- 1: the first password must be changed
    failed INTEGER NOT NULL,                            -- wrong passwords in a row
    locked_until BIGINT,                                -- milliseconds
    lang TEXT,                                          -- zh, en
    expires_on TEXT,                                    -- accounts for a limited time
    closed_on TEXT,                                     -- no sign-in from this day on
    created_at BIGINT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX account_unit ON account (unit_id);

-- Sessions.  The secret itself stands only in the browser's cookie; here its hash.
CREATE TABLE session (
    id BIGINT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL REFERENCES account (id),
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,                            -- to the minute
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    ip TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX session_account ON session (account_id, ended_at);
