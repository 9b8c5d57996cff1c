-- query: disclosure_insert :exec
-- in: area int, id disclosure_id, unit unit_id, person person_id?, case_ case_id?, referral referral_id?, kind text, level int, at time, by user_id?
-- in: receiver text, contact text?, fields text, purpose text, consent consent_id?, basis text, told_on date?, measures text?, list text?, lines int?
INSERT INTO disclosure (area_id, id, unit_id, person_id, case_id, referral_id, kind, level, at, by_id, receiver, receiver_contact, fields,
    purpose, consent_id, basis, told_on, measures, list, rows_n)
VALUES (:area, :id, :unit, :person, :case_, :referral, :kind, :level, :at, :by, :receiver, :contact, :fields, :purpose, :consent, :basis, :told_on, :measures, :list, :lines);

-- query: disclosure_persons :exec
-- Who stood in a list that was given out; ids: a JSON array.
-- in: area int, disclosure disclosure_id, ids text
INSERT INTO disclosed (area_id, person_id, disclosure_id)
-- sqlite: SELECT :area, j.value, :disclosure FROM json_each(:ids) j WHERE 1 = 1
-- postgres: SELECT :area, CAST(j.value AS BIGINT), :disclosure FROM json_array_elements_text(CAST(:ids AS json)) j
ON CONFLICT DO NOTHING;
