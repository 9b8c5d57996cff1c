-- query: group_members :many
-- Everybody on the list of a group; who is of level S4 has a name only for whoever may know him.
-- in: area int, id group_id, me user_id
-- out: id participant_id, person person_id, name text?, sex text?, born date?, level int, state text, applied_on date
-- out: screened_by text?, reason text?
-- out: late bool, approved_by user_id?, joined_on date?, left_on date?, leave_reason text?, leave_note text?
-- out: personal_goal text?, pre_test text?, post_test text?
-- out: signed_on date?, guardian text?, guardian_on date?, photo bool, notes text?, case_ case_id?, seen bool
SELECT m.id, m.person_id, CASE WHEN x.seen = 1 THEN p.name END, CASE WHEN x.seen = 1 THEN p.sex END, p.born, p.level, m.state, m.applied_on, m.screened_by,
       m.reason, m.late, m.approved_by, m.joined_on, m.left_on, m.leave_reason, m.leave_note, m.personal_goal, m.pre_test, m.post_test,
       m.contract_signed_on, m.guardian, m.guardian_on, m.photo_consent, m.notes, m.case_id, x.seen
  FROM (SELECT m.id AS id, CASE WHEN p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s
                WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me) THEN 1 ELSE 0 END AS seen
          FROM group_member m JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
         WHERE m.area_id = :area AND m.group_id = :id
         ORDER BY m.id LIMIT 500) x
  JOIN group_member m ON m.area_id = :area AND m.id = x.id
  JOIN person p ON p.area_id = m.area_id AND p.id = m.person_id
 ORDER BY m.id;

-- query: group_member_of :one
-- Is a person on the list already (and not refused or gone)?
-- in: area int, id group_id, person person_id
-- out: id participant_id
SELECT id FROM group_member WHERE area_id = :area AND group_id = :id AND person_id = :person AND state IN ('applied', 'accepted', 'waiting')
 ORDER BY id LIMIT 1;

-- query: group_member_insert :exec
-- in: area int, id participant_id, group group_id, person person_id, on date
INSERT INTO group_member (area_id, id, group_id, person_id, state, applied_on, late, photo_consent)
VALUES (:area, :id, :group, :person, 'applied', :on, 0, 0);

-- query: group_member_screen :exec
-- in: area int, id participant_id, state text, way text, on date, reason text, late bool, joined date?
UPDATE group_member SET state = :state, screened_by = :way, screened_on = :on, reason = :reason, late = :late, joined_on = :joined
 WHERE area_id = :area AND id = :id AND state IN ('applied', 'waiting', 'accepted', 'refused', 'referred');

-- query: group_member_approve :exec
-- Who wants to join a closed group late is let in.
-- in: area int, id participant_id, by user_id, on date
UPDATE group_member SET state = 'accepted', approved_by = :by, joined_on = :on WHERE area_id = :area AND id = :id AND late = 1 AND state = 'waiting';

-- query: group_member_save :exec
-- in: area int, id participant_id, goal text?, before text?, after text?, guardian text?, guardian_on date?, photo bool, notes text?
UPDATE group_member SET personal_goal = :goal, pre_test = :before, post_test = :after, guardian = :guardian, guardian_on = :guardian_on,
       photo_consent = :photo, notes = :notes
 WHERE area_id = :area AND id = :id;

-- query: group_member_leave :exec
-- in: area int, id participant_id, on date, reason text, note text?
UPDATE group_member SET state = 'left', left_on = :on, leave_reason = :reason, leave_note = :note
 WHERE area_id = :area AND id = :id AND state = 'accepted';

-- query: group_member_sign :exec
-- in: area int, id participant_id, on date?
UPDATE group_member SET contract_signed_on = :on WHERE area_id = :area AND id = :id;

-- query: group_member_case :exec
-- in: area int, id participant_id, case_ case_id
UPDATE group_member SET case_id = :case_ WHERE area_id = :area AND id = :id;

-- query: group_persons :many
-- Whose data the papers of a group hold.
-- in: area int, id group_id
-- out: person person_id
SELECT DISTINCT person_id FROM group_member WHERE area_id = :area AND group_id = :id ORDER BY person_id LIMIT 500;

-- query: group_sessions :many
-- in: area int, id group_id
-- out: id meeting_id, number int, state text, period text?, theme text?, on date?, cancelled text?, present int, expected int
SELECT s.id, s.number, s.state, s.period, s.theme, s.on_date, s.cancelled,
       (SELECT coalesce(sum(a.present), 0) FROM group_attendance a WHERE a.area_id = s.area_id AND a.session_id = s.id),
       (SELECT count(*) FROM group_attendance a WHERE a.area_id = s.area_id AND a.session_id = s.id)
  FROM group_session s WHERE s.area_id = :area AND s.group_id = :id ORDER BY s.number LIMIT 100;

-- query: group_session_insert :exec
-- in: area int, id meeting_id, group group_id, number int
INSERT INTO group_session (area_id, id, group_id, number, state) VALUES (:area, :id, :group, :number, 'planned');

-- query: group_session_set :exec
-- in: area int, id meeting_id, state text, period text, theme text, on date
UPDATE group_session SET state = :state, period = :period, theme = :theme, on_date = :on WHERE area_id = :area AND id = :id;

-- query: group_session_cancel :exec
-- in: area int, id meeting_id, why text
UPDATE group_session SET state = 'cancelled', cancelled = :why WHERE area_id = :area AND id = :id AND state = 'planned';

-- query: group_attendance_list :many
-- in: area int, id group_id
-- out: session meeting_id, member participant_id, state text, present bool, reason text?
SELECT session_id, member_id, state, present, reason FROM group_attendance WHERE area_id = :area AND group_id = :id
 ORDER BY session_id, member_id LIMIT 20000;

-- query: group_attendance_clear :exec
-- in: area int, session meeting_id
DELETE FROM group_attendance WHERE area_id = :area AND session_id = :session;

-- query: group_attendance_put :exec
-- in: area int, session meeting_id, member participant_id, group group_id, state text, present bool, reason text?
INSERT INTO group_attendance (area_id, session_id, member_id, group_id, state, present, reason)
VALUES (:area, :session, :member, :group, :state, :present, :reason)
ON CONFLICT (area_id, session_id, member_id) DO UPDATE SET state = excluded.state, present = excluded.present, reason = excluded.reason;

-- query: group_person :one
-- A candidate: seen is whether the user may know him although he is of level S4.
-- in: area int, id person_id, me user_id
-- out: name text, unit unit_id, level int, born date?, died date?, seen bool
SELECT p.name, p.unit_id, p.level, p.born, p.died_on, CASE WHEN p.level < 4 OR EXISTS (SELECT 1 FROM person_seen s
        WHERE s.area_id = p.area_id AND s.person_id = p.id AND s.account_id = :me) THEN 1 ELSE 0 END
  FROM person p WHERE p.area_id = :area AND p.id = :id AND p.closed_on IS NULL;
