-- The people and households of a batch have ids in one range: undoing it needs no index of its own, which every
-- newly registered person would pay for.
ALTER TABLE import ADD COLUMN first_id BIGINT;
ALTER TABLE import ADD COLUMN last_id BIGINT;
DROP INDEX person_import;
DROP INDEX household_import;
