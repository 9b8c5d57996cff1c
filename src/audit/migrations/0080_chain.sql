-- The trail is a chain: each row holds the SM3 (GB/T 32905) of its content and of the row before it.  Whoever writes at the same
-- time takes a lane of his own, so that nobody waits for another's commit.
ALTER TABLE audit ADD COLUMN lane BIGINT;               -- empty: written before the chain began
ALTER TABLE audit ADD COLUMN seq BIGINT;                -- place in its lane, from 1, without a gap
ALTER TABLE audit ADD COLUMN hash TEXT;                 -- hexadecimal
CREATE UNIQUE INDEX audit_chain ON audit (area_id, lane, seq);

-- Where the lanes of an area end.  The seal is keyed: who can write to the database but has no key file cannot make one.
CREATE TABLE audit_head (
    area_id BIGINT NOT NULL,
    lane BIGINT NOT NULL,                               -- 0: how many rows are older than the chain, and how many lanes there are
    seq BIGINT NOT NULL,                                -- of the newest row; lane 0: older rows
    lanes BIGINT NOT NULL,                              -- lane 0 only
    hash TEXT NOT NULL,                                 -- of the newest row
    seal TEXT,                                          -- HMAC-SM3 of all that; empty: not yet, right after the upgrade
    PRIMARY KEY (area_id, lane)
);
INSERT INTO audit_head (area_id, lane, seq, lanes, hash) SELECT area_id, 0, count(*), 0, '' FROM audit GROUP BY area_id;

-- sqlite: CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'rows of the trail stay as they are'); END;
-- sqlite: CREATE TRIGGER audit_undeleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'rows of the trail stay'); END;
-- postgres: REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM CURRENT_USER;
