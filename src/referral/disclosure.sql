-- query: disclosure_list :many
-- The register of a subtree.  Highly sensitive rows are for who is named on the person; a worker sees what he gave and what
-- concerns his own clients.
-- in: area int, unit unit_id, me user_id, kind text?, receiver text?, from_ time?, to_ time?, person person_id?, case_ case_id?, skip int, limit int
-- out: id disclosure_id, at time, kind text, level int, person person_id, name text?, case_ case_id, case_no text?, referral referral_id, by_name text?
-- out: receiver text, contact text?, fields text, purpose text, basis text, told_on date?, measures text?, confirmed_name text?, confirmed_at time?, list text?, lines int?
-- filter: tree      d.unit_id IN (SELECT descendant_id FROM unit_closure WHERE ancestor_id = :unit)
-- filter: mine      (d.by_id = :me OR EXISTS (SELECT 1 FROM casefile f WHERE f.area_id = d.area_id AND f.person_id = d.person_id AND (f.worker_id = :me OR f.supervisor_id = :me)))
-- filter: kind      d.kind = :kind
-- filter: receiver  d.receiver LIKE :receiver
-- filter: from      d.at >= :from_
-- filter: to        d.at < :to_
-- filter: person    d.person_id = :person OR d.id IN (SELECT g.disclosure_id FROM disclosed g WHERE g.area_id = :area AND g.person_id = :person)
-- filter: case      d.case_id = :case_
-- filter: waiting   d.confirmed_at IS NULL
-- sort: newest  d.at DESC, d.id DESC
SELECT d.id, d.at, d.kind, d.level, coalesce(d.person_id, 0), p.name, coalesce(d.case_id, 0), c.no, coalesce(d.referral_id, 0), a.name,
       d.receiver, d.receiver_contact, d.fields, d.purpose, d.basis, d.told_on, d.measures, k.name, d.confirmed_at, d.list, d.rows_n
  FROM disclosure d
  LEFT JOIN person p ON p.area_id = d.area_id AND p.id = d.person_id
  LEFT JOIN casefile c ON c.area_id = d.area_id AND c.id = d.case_id
  LEFT JOIN account a ON a.id = d.by_id
  LEFT JOIN account k ON k.id = d.confirmed_by
 WHERE d.area_id = :area
   AND (d.level < 4 OR d.by_id = :me OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = d.area_id AND s.person_id = d.person_id AND s.account_id = :me))
   /*filter*/
 /*sort*/ LIMIT :limit OFFSET :skip;

-- query: disclosure_count :one
-- like: disclosure_list
-- in: area int, unit unit_id, me user_id, kind text?, receiver text?, from_ time?, to_ time?, person person_id?, case_ case_id?
-- out: total int
SELECT count(*) FROM disclosure d
 WHERE d.area_id = :area
   AND (d.level < 4 OR d.by_id = :me OR EXISTS (SELECT 1 FROM person_seen s WHERE s.area_id = d.area_id AND s.person_id = d.person_id AND s.account_id = :me))
   /*filter*/;

-- query: disclosure_get :one
-- in: area int, id disclosure_id
-- out: unit unit_id, level int, confirmed_at time?, by user_id
SELECT unit_id, level, confirmed_at, coalesce(by_id, 0) FROM disclosure WHERE area_id = :area AND id = :id;

-- query: disclosure_confirm :exec
-- in: area int, id disclosure_id, by user_id, at time
UPDATE disclosure SET confirmed_by = :by, confirmed_at = :at WHERE area_id = :area AND id = :id AND confirmed_at IS NULL;
