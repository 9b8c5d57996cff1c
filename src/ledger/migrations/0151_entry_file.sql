-- Proof of an entry of a ledger: the scan of a certificate, the receipt of a filing.  The bytes lie in the folder of attachments.
CREATE TABLE entry_file (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    name TEXT NOT NULL,                                 -- as it was called by who uploaded it
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    hash TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL,
    void_on TEXT,                                       -- taken away: it was the wrong one
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, entry_id) REFERENCES entry (area_id, id)
);
CREATE INDEX entry_file_entry ON entry_file (area_id, entry_id);
CREATE INDEX entry_file_hash ON entry_file (hash, size);
