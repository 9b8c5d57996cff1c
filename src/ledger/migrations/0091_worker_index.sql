-- Who gave the first service when, and whose account a member of staff has: asked for each worker by the rules.
CREATE INDEX case_record_worker ON case_record (area_id, worker_id, on_date);
CREATE INDEX account_staff ON account (staff_id);
