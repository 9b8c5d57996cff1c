-- Whose supervisor somebody is: his desk, and whom he may know of.
CREATE INDEX casefile_supervisor ON casefile (area_id, supervisor_id, person_id) WHERE supervisor_id IS NOT NULL;
