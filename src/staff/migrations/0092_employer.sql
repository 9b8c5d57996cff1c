-- Who employs a member of staff, by which contract, and how he came (GD-11, SA-20).
ALTER TABLE staff ADD COLUMN employer TEXT;
ALTER TABLE staff ADD COLUMN contract TEXT;             -- direct, agency, labour
ALTER TABLE staff ADD COLUMN source TEXT;               -- purchase, recruit, secondment
