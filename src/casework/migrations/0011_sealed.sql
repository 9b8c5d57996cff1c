-- Cases of level S4 are few and asked for by themselves; cases of one state are found by their unit.
CREATE INDEX casefile_sealed ON casefile (area_id, unit_id, id) WHERE level >= 4;
DROP INDEX casefile_state;
