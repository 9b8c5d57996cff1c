-- query: readers_list :many
-- Who opened a person's file and those of his cases, the newest first.
-- in: area int, person person_id, skip int, most int
-- out: at time, account_name text, role text?, unit_name text?, action text, entity text, what text?, reason text?
SELECT x.at, x.account_name, a.role, u.name, x.action, x.entity, x.changes, x.reason
  FROM (SELECT t.at, t.id, t.account_id, t.account_name, t.action, t.entity, t.changes, t.reason FROM audit t
         WHERE t.area_id = :area AND t.entity = 'person' AND t.entity_id = :person
        UNION ALL
        SELECT c.at, c.id, c.account_id, c.account_name, c.action, c.entity, c.changes, c.reason FROM casefile f
          JOIN audit c ON c.area_id = f.area_id AND c.entity = 'case' AND c.entity_id = f.id
         WHERE f.area_id = :area AND f.person_id = :person) x
  LEFT JOIN account a ON a.id = x.account_id LEFT JOIN unit u ON u.id = a.unit_id
 WHERE x.action IN ('read', 'reveal', 'print', 'export', 'break_glass', 'ask_access', 'grant_access', 'refuse_access', 'end_access', 'review_right',
                    'review_wrong', 'name', 'unname', 'reading_shown')
 ORDER BY x.at DESC, x.id DESC LIMIT :most OFFSET :skip;
