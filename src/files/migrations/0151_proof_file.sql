-- Proof of a record: the scan of a certificate, the receipt of a filing, the photo of an injury.  The bytes lie in the folder of
-- attachments.  The table knows the record by its kind and ID alone: entries of ledgers, referrals and reports all carry proof.
CREATE TABLE proof_file (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('entry', 'referral', 'report')),
    owner_id BIGINT NOT NULL,
    name TEXT NOT NULL,                                 -- as it was called by who uploaded it
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    hash TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL,
    void_on TEXT,                                       -- taken away: it was the wrong one
    PRIMARY KEY (area_id, id)
);
CREATE INDEX proof_file_owner ON proof_file (area_id, owner_id);
CREATE INDEX proof_file_hash ON proof_file (hash, size);
