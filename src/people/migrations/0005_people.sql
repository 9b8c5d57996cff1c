-- Households: one file for each (一户一档, GD-15).
CREATE TABLE household (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    no TEXT NOT NULL,                                   -- household number
    unit_id BIGINT NOT NULL REFERENCES unit (id),       -- the station that keeps the file
    division TEXT,                                      -- village, 12 digits
    address_sealed TEXT,
    housing TEXT,
    economy TEXT,                                       -- code table economy
    note TEXT,
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    import_id BIGINT,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    UNIQUE (area_id, no)
);
CREATE INDEX household_unit ON household (area_id, unit_id, id);
CREATE INDEX household_import ON household (area_id, import_id);

-- Persons.  *_sealed: SM4-GCM; *_hash: keyed hash for finding equal values.
CREATE TABLE person (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),       -- the station that serves him
    household_id BIGINT,                                -- current household
    name TEXT NOT NULL,
    pinyin TEXT                                         -- "zhang xiu ying", for sorting and search
-- postgres: COLLATE "C"
    NOT NULL,
    sex TEXT NOT NULL,                                  -- GB/T 2261.1
    born TEXT,
    died_on TEXT,
    id_type TEXT,
    idno_sealed TEXT,
    idno_hash TEXT,
    phone_sealed TEXT,
    phone_hash TEXT,
    phone2_sealed TEXT,
    phone_note TEXT,                                    -- safe hours, "do not call"
    division TEXT,                                      -- where he lives, 12 digits
    address_sealed TEXT,
    reg_division TEXT,                                  -- where he is registered
    reg_address_sealed TEXT,
    residence_state TEXT,
    ethnic TEXT,                                        -- GB/T 3304
    education TEXT,                                     -- GB/T 4658
    marital TEXT,                                       -- GB/T 2261.2
    employment TEXT,                                    -- GB/T 2261.4
    occupation TEXT,
    political TEXT,                                     -- GB/T 4762
    health TEXT,                                        -- GB/T 2261.3
    disability TEXT,                                    -- category 1–7
    disability_grade TEXT,                              -- 1–4
    disability_no_sealed TEXT,
    self_care TEXT,
    capacity TEXT,                                      -- full, limited, none (civil capacity)
    categories TEXT NOT NULL,                           -- current categories, "A01,B03": for lists
    level INTEGER NOT NULL,                             -- highest level S0–S4 of the current categories
    note TEXT,
    closed_on TEXT,                                     -- no longer on the list (merged, error)
    import_id BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, household_id) REFERENCES household (area_id, id)
);
-- Both hold all that the list's filters and its count need.
CREATE INDEX person_unit_name ON person (area_id, unit_id, closed_on, pinyin, id, level, sex, born, division, categories);
CREATE INDEX person_unit_level ON person (area_id, unit_id, closed_on, level, id);
CREATE UNIQUE INDEX person_idno ON person (area_id, idno_hash) WHERE closed_on IS NULL;
CREATE INDEX person_phone ON person (area_id, phone_hash);
CREATE INDEX person_household ON person (area_id, household_id);
CREATE INDEX person_import ON person (area_id, import_id);

-- What a person is found by: bigrams of the name "n:", pinyin "p:", initials "i:".
CREATE TABLE person_term (
    area_id BIGINT NOT NULL,
    term TEXT
-- postgres: COLLATE "C"
    NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (area_id, term, person_id)
)
-- sqlite: WITHOUT ROWID
;

-- Who lived in which household when (moves keep their history).
CREATE TABLE member (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    household_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    relation TEXT NOT NULL,                             -- to the head of the household, GB/T 4761
    from_on TEXT NOT NULL,
    to_on TEXT,
    reason TEXT,                                        -- why it ended: moved, died, married …
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, household_id) REFERENCES household (area_id, id),
    FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
);
CREATE INDEX member_household ON member (area_id, household_id);
CREATE UNIQUE INDEX member_open ON member (area_id, person_id) WHERE to_on IS NULL;
CREATE INDEX member_person ON member (area_id, person_id);

-- Categories of a person (codes.md 8): several, dated, with their source.
CREATE TABLE person_category (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    category TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    source TEXT NOT NULL,                               -- list, document, statement, assessment
    document TEXT,
    checked_on TEXT,
    checked_by BIGINT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
);
CREATE INDEX person_category_person ON person_category (area_id, person_id);
CREATE INDEX person_category_code ON person_category (area_id, category, to_on, person_id);

-- Guardians, emergency contacts, carers.
CREATE TABLE contact (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                                 -- guardian, emergency, carer
    name TEXT NOT NULL,
    relation TEXT,                                      -- GB/T 4761
    phone_sealed TEXT,
    note TEXT,
    from_on TEXT NOT NULL,
    to_on TEXT,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
);
CREATE INDEX contact_person ON contact (area_id, person_id);

-- The texts that people agree to; a changed text is a new version.
CREATE TABLE consent_text (
    code TEXT NOT NULL,                                 -- notice, processing, sensitive, guardian, share, photo
    version INTEGER NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    from_on TEXT NOT NULL,
    PRIMARY KEY (code, version)
);

-- Consents and notices (PIPL arts. 13–18, 23, 29–31; MZ/T 8.1.3(3)).
CREATE TABLE consent (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    case_id BIGINT,
    kind TEXT NOT NULL,                                 -- code of consent_text
    text_version INTEGER NOT NULL,
    capacity TEXT NOT NULL,                             -- full, limited, none, when given
    given_by TEXT NOT NULL,                             -- name of who gave it
    relation TEXT NOT NULL,                             -- self, guardian …
    way TEXT NOT NULL,                                  -- written, oral, online
    receiver TEXT,                                      -- share: to whom
    legal_basis TEXT,                                   -- instead of consent: statute and article
    given_on TEXT NOT NULL,
    withdrawn_on TEXT,
    withdrawn_why TEXT,
    by_id BIGINT NOT NULL,
    PRIMARY KEY (area_id, id),
    FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, id)
);
CREATE INDEX consent_person ON consent (area_id, person_id, kind);

-- Moves between stations and households; counts stay where things happened.
CREATE TABLE person_move (
    area_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    on_date TEXT NOT NULL,
    from_unit_id BIGINT,
    to_unit_id BIGINT,
    from_household_id BIGINT,
    to_household_id BIGINT,
    reason TEXT,
    by_id BIGINT,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX person_move_person ON person_move (area_id, person_id);

-- Who is named on a person of level S4 (besides the responsible worker of his cases).
CREATE TABLE person_named (
    area_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    from_on TEXT NOT NULL,
    by_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (area_id, person_id, account_id)
);
CREATE INDEX person_named_account ON person_named (area_id, account_id);
