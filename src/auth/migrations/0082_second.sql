-- The second factor of an account: time-based codes (RFC 6238) of an app on a phone.
CREATE TABLE account_totp (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id),
    secret_sealed TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    confirmed_at BIGINT,                                -- empty: shown, but no code of it was typed yet
    last_step BIGINT NOT NULL,                          -- the interval of the last code: none is taken twice
    failed INTEGER NOT NULL,                            -- wrong codes in a row
    locked_until BIGINT
);

-- Codes for the day on which the phone is lost; each works once.
CREATE TABLE account_recovery (
    account_id BIGINT NOT NULL REFERENCES account (id),
    code_hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, code_hash)
);

ALTER TABLE session ADD COLUMN second_due INTEGER;      -- 1: the password was right, the code is still to come
