-- What was done and what of level S3 and above was read.  Rows are only ever added.
CREATE TABLE audit (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    at BIGINT NOT NULL,                                 -- milliseconds
    account_id BIGINT,                                  -- empty: the program itself, or nobody signed in
    account_name TEXT NOT NULL,                         -- as it was then
    action TEXT NOT NULL,                               -- create, change, read, export, sign_in …
    entity TEXT NOT NULL,                               -- person, case, form, account …
    entity_id BIGINT NOT NULL,
    changes TEXT,                                       -- JSON: field → [from, to]; secrets as "•••"
    reason TEXT,
    ip TEXT NOT NULL,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX audit_entity ON audit (area_id, entity, entity_id, at);
CREATE INDEX audit_account ON audit (area_id, account_id, at);
