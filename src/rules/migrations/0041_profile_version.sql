-- Every profile that was taken into use; the newest is in force.
CREATE TABLE profile_version (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    doc TEXT NOT NULL,                                  -- JSON
    at BIGINT NOT NULL,
    PRIMARY KEY (code, version)
);
