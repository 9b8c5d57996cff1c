-- query: member_pledged :one
-- Has he signed the pledge of professional ethics, and need not sign it anew yet (MZT-09)?
-- in: area int, staff staff_id, day date
-- out: total int
SELECT count(*) FROM entry WHERE area_id = :area AND staff_id = :staff AND ledger = 'pledge' AND kind = 'ethics' AND on_date <= :day
   AND (until_on IS NULL OR until_on > :day) AND void_on IS NULL;
