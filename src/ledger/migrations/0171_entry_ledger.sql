-- Entries of one ledger, whoever has them: for lists of a wide tree, the calendar, and what has a code of a service catalogue.
CREATE INDEX entry_ledger ON entry (ledger, on_date);
CREATE INDEX entry_day ON entry (on_date);
CREATE INDEX entry_number ON entry (ledger, number);
