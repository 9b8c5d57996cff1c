/* One group: loading it with what belongs to it, who may do what, words. */
#include "groupwork/group.h"
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"

bool
group_load(struct rq *rq, int64_t area, struct group_id id, struct groupfile *out)
{
    *out = (struct groupfile){ 0 };
    if (!group_get(rq->db, &out->g, area, id, rq->who.user)) return false;
    out->profile = profile_of(out->g.profile);
    if (out->profile == NULL) log_fatal("profile %.*s is not there", FMT(out->g.profile));
    int age = date_age(out->g.youngest, today());
    out->level = out->g.level > 2 ? out->g.level : 2;
    if (age >= 0 && age < profile_param(out->profile, "minor_age", 18) && out->level < 3) out->level = 3;
    out->rel.own = out->g.leader.v == rq->who.user.v;
    out->rel.assigned = out->g.supervisor.v != 0 && out->g.supervisor.v == rq->who.user.v;
    out->rel.named = out->rel.own || (out->g.unseen == 0 && (out->rel.assigned || may(rq, CASE_ASSIGN)));
    if (out->level >= 4 && !out->rel.named) out->rel.assigned = false;
    return true;
}

/* With a member of level S4 the group is open to its leader, and to the supervisor who may know him; to the head of the station it is known
 * that it exists (codes.md 9.2). */
bool
group_scope(struct rq *rq)
{
    struct groupfile *k = NEW(rq->arena, struct groupfile, 1);
    struct group_id id = { rq->ids[0] };
    if (!group_load(rq, id_area(id.v), id, k) || !scope_unit(rq, k->g.unit)) return false;
    if (k->level >= 4 && access_to(rq, 4, k->rel) < ACCESS_APPROVAL) return false;
    rq->record = k;
    return true;
}

struct groupfile *
group_of(struct rq *rq)
{
    assert(rq->record != NULL);
    return rq->record;
}

bool
group_may_read(const struct rq *rq, const struct groupfile *k, int level)
{
    return access_to(rq, k->level >= 4 ? 4 : level, k->rel) >= ACCESS_READ;
}

bool
group_may_write(const struct rq *rq, const struct groupfile *k)
{
    return may(rq, GROUP_WRITE) && k->rel.own;
}

bool
group_may_decide(const struct rq *rq, const struct groupfile *k)
{
    if (may(rq, CASE_SUPERVISE) && k->rel.assigned) return true;
    return may(rq, CASE_ASSIGN) && !k->rel.own && (k->level < 4 || k->rel.named);
}

size_t
group_people(struct rq *rq, struct groupfile *k, struct group_members_row **rows)
{
    if (!k->members_known) k->members_n = group_members(rq->db, &k->members, id_area(k->g.id.v), k->g.id, rq->who.user);
    k->members_known = true;
    *rows = k->members;
    return k->members_n;
}

size_t
group_meetings(struct rq *rq, struct groupfile *k, struct group_sessions_row **rows)
{
    if (!k->sessions_known) k->sessions_n = group_sessions(rq->db, &k->sessions, id_area(k->g.id.v), k->g.id);
    k->sessions_known = true;
    *rows = k->sessions;
    return k->sessions_n;
}

const struct group_sessions_row *
group_meeting(struct rq *rq, struct groupfile *k, int64_t seq)
{
    struct group_sessions_row *s;
    size_t n = group_meetings(rq, k, &s);
    for (size_t i = 0; i < n; i++)
        if (s[i].number == seq) return &s[i];
    return NULL;
}

void
group_changed(struct groupfile *k)
{
    k->members_known = k->sessions_known = k->sheets_known = false;
}

/* Rows come in the order of versions: of each form and session the last one stays. */
static void
load_sheets(struct rq *rq, struct groupfile *k)
{
    struct sheet_handed_row *rows;
    size_t n = sheet_handed(rq->db, &rows, id_area(k->g.id.v), k->g.id);
    k->sheets = NEW(rq->arena, struct sheet_done, n + 1);
    k->sheets_n = 0;
    k->sheets_known = true;
    for (size_t i = 0; i < n; i++) {
        bool later = i + 1 < n && rows[i + 1].seq == rows[i].seq && str_eq(rows[i + 1].form, rows[i].form);
        const json_t *doc = later ? NULL : doc_parse(rq->arena, rows[i].doc);
        if (doc != NULL) k->sheets[k->sheets_n++] = (struct sheet_done){ &rows[i], doc };
    }
}

struct sheet_done
group_sheet(struct rq *rq, struct groupfile *k, const char *form, int64_t seq)
{
    if (!k->sheets_known) load_sheets(rq, k);
    for (size_t i = 0; i < k->sheets_n; i++)
        if (k->sheets[i].row->seq == seq && str_is(k->sheets[i].row->form, form)) return k->sheets[i];
    return (struct sheet_done){ 0 };
}

struct group_sums
group_attendance_sums(struct rq *rq, struct groupfile *k, struct group_attendance_list_row **rows, size_t *n)
{
    struct group_sums sums = { 0 };
    struct group_members_row *m;
    size_t people = group_people(rq, k, &m);
    *n = group_attendance_list(rq->db, rows, id_area(k->g.id.v), k->g.id);
    sums.expected = (int64_t)*n;
    for (size_t i = 0; i < *n; i++) sums.present += (*rows)[i].present;
    for (size_t p = 0; p < people; p++) {
        size_t asked = 0, came = 0;
        for (size_t i = 0; i < *n; i++)
            if ((*rows)[i].member.v == m[p].id.v) {
                asked++;
                came += (*rows)[i].present;
            }
        sums.full += asked > 0 && asked == came;
    }
    return sums;
}

/* ---- Words ---- */

struct str
group_member_name(struct rq *rq, const struct group_members_row *m)
{
    return m->seen && m->name.p ? m->name : str_of(tr(rq->lang, T("（无权查看的组员）")));
}

const char *
group_word(const char *table, struct str code, enum lang lang)
{
    return code.n ? codes_label(codes_table(table), code, lang) : "";
}

const char *
group_state_colour(struct str state)
{
    if (str_is(state, "archived")) return "bg-green-lt";
    if (str_is(state, "cancelled") || str_is(state, "stopped")) return "bg-secondary-lt";
    return str_is(state, "prepare") ? "bg-yellow-lt" : "bg-blue-lt";
}

bool
group_minor(const struct groupfile *k, const struct group_members_row *m)
{
    int age = date_age(m->born, today());
    return age >= 0 && age < profile_param(k->profile, "minor_age", 18);
}

bool
group_here(const struct group_members_row *m, struct date on)
{
    if (!date_known(m->joined_on) || !date_known(on) || m->joined_on.days > on.days) return false;
    return str_is(m->state, "accepted") || (str_is(m->state, "left") && date_known(m->left_on) && m->left_on.days > on.days);
}

void
group_note(struct rq *rq, const struct groupfile *k, const char *action, struct str why)
{
    audit_note(rq, id_area(k->g.id.v), action, "group", k->g.id.v, NULL, why);
}
