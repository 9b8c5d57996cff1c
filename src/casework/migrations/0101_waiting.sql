-- Forms that wait for an answer, by their case: the desks of heads and supervisors read them without the forms themselves.
DROP INDEX case_form_status;
CREATE INDEX case_form_waiting ON case_form (area_id, case_id, form, submitted_at, id) WHERE status = 'submitted' AND current = 1;
