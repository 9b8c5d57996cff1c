/* What a form of a group can ask for: prefilled values, computed fields, choices, rights. */
#include "casework/casework.h"
#include "codes/codes.h"
#include "groupwork/group.h"

struct env_arg { struct rq *rq; struct groupfile *k; int64_t seq; };

static struct env_arg *
arg_of(const struct doc_env *env)
{
    return env->arg;
}

static struct str
id_text(struct arena *a, int64_t id)
{
    return str_fmt(a, "%lld", (long long)id);
}

/* "张三（录取，个别会见）、…" */
static struct str
candidates(const struct env_arg *e, bool guardians)
{
    struct rq *rq = e->rq;
    struct group_members_row *m;
    size_t n = group_people(rq, e->k, &m);
    struct buf b = { .arena = rq->arena };
    for (size_t i = 0; i < n; i++) {
        if (guardians && (!group_minor(e->k, &m[i]) || !str_is(m[i].state, "accepted"))) continue;
        const char *what = !guardians ? group_word("group_member", m[i].state, rq->lang)
                           : date_known(m[i].guardian_on) ? tr(rq->lang, T("监护人已同意")) : tr(rq->lang, T("监护人尚未同意"));
        putf(&b, "%s%.*s %s", b.n ? (rq->lang == LANG_EN ? ", " : "、") : "", FMT(group_member_name(rq, &m[i])), what);       /* not shown */
        if (!guardians && m[i].screened_by.n) putf(&b, "/%s", group_word("group_screening", m[i].screened_by, rq->lang));
    }
    return buf_str(&b);
}

static struct str
basics(const struct env_arg *e)
{
    struct rq *rq = e->rq;
    struct group_sessions_row *s;
    struct sheet_done h = group_sheet(rq, e->k, "H", 0);
    size_t n = group_meetings(rq, e->k, &s), held = 0;
    char from[16] = "", to[16] = "";
    for (size_t i = 0; i < n; i++) {
        if (!str_is(s[i].state, "held")) continue;
        if (held++ == 0) date_print(s[i].on, from);
        date_print(s[i].on, to);
    }
    const json_t *doc = h.doc;
    return tr_fmt(rq->arena, rq->lang, T("%s；%s；%s 至 %s；聚会 %d 次；%s；每次 %s 分钟"), str_z(rq->arena, e->k->g.name),
                  group_word("group_nature", doc ? doc_text(doc, "nature") : NO_STR, rq->lang), from, to, (int)held,
                  doc ? str_z(rq->arena, doc_text(doc, "frequency")) : "", doc ? str_z(rq->arena, doc_text(doc, "minutes_each")) : "");
}

static struct str
attendance(const struct env_arg *e)
{
    struct group_attendance_list_row *rows;
    size_t n;
    struct group_sums s = group_attendance_sums(e->rq, e->k, &rows, &n);
    return tr_fmt(e->rq->arena, e->rq->lang, T("应到 %d 人次，实到 %d 人次，出席率 %d%%，全勤 %d 人"), (int)s.expected, (int)s.present,
                  (int)(s.expected ? (s.present * 100 + s.expected / 2) / s.expected : 0), (int)s.full);
}

static int64_t
money_of(const json_t *doc, const char *table)
{
    int64_t sum = 0;
    for (size_t i = 0; doc != NULL && i < doc_rows(doc, table); i++) {
        struct money one;
        if (money_parse(doc_cell(doc, table, i, "amount"), &one)) sum += one.fen;
    }
    return sum;
}

static struct str
finance(const struct env_arg *e)
{
    struct rq *rq = e->rq;
    char planned[40], spent[40], left[40];
    int64_t sum = 0, budget = money_of(group_sheet(rq, e->k, "H", 0).doc, "budget");
    for (size_t i = 0; i < e->k->sheets_n; i++)
        if (str_is(e->k->sheets[i].row->form, "J")) sum += money_of(e->k->sheets[i].doc, "cost");
    money_print((struct money){ budget }, planned);
    money_print((struct money){ sum }, spent);
    money_print((struct money){ budget - sum }, left);
    return tr_fmt(rq->arena, rq->lang, T("预算 %s 元，实际 %s 元，差异 %s 元"), planned, spent, left);
}

static struct str
turned(const struct env_arg *e)
{
    struct group_members_row *m;
    size_t n = group_people(e->rq, e->k, &m);
    struct buf b = { .arena = e->rq->arena };
    for (size_t i = 0; i < n; i++)
        if (m[i].case_.v) putf(&b, "%s%.*s", b.n ? (e->rq->lang == LANG_EN ? ", " : "、") : "", FMT(group_member_name(e->rq, &m[i])));     /* not shown */
    return buf_str(&b);
}

static struct str
contract(const struct env_arg *e)
{
    struct group_members_row *m;
    size_t n = group_people(e->rq, e->k, &m), here = 0, signed_ = 0;
    if (e->k->g.contract.n == 0) return str_of(tr(e->rq->lang, T("还没有小组契约")));
    for (size_t i = 0; i < n; i++) {
        if (!str_is(m[i].state, "accepted")) continue;
        here++;
        signed_ += date_known(m[i].signed_on);
    }
    return tr_fmt(e->rq->arena, e->rq->lang, T("%d 人中 %d 人已签订"), (int)here, (int)signed_);
}

/* Of the session of this record. */
static struct str
session_counts(const struct env_arg *e)
{
    const struct group_sessions_row *s = group_meeting(e->rq, e->k, e->seq);
    if (s == NULL || s->expected == 0) return NO_STR;
    return tr_fmt(e->rq->arena, e->rq->lang, T("应到 %d 人，实到 %d 人"), (int)s->expected, (int)s->present);
}

static struct str
source(const struct doc_env *env, const char *name)
{
    const struct env_arg *e = arg_of(env);
    struct str n = str_of(name);
    if (str_is(n, "user")) return id_text(env->arena, e->rq->who.user.v);
    if (str_is(n, "group.no")) return e->k->g.no;
    if (str_is(n, "group.name")) return e->k->g.name;
    if (str_is(n, "group.leader")) return id_text(env->arena, e->k->g.leader.v);
    if (str_is(n, "group.candidates")) return candidates(e, false);
    if (str_is(n, "group.guardians")) return candidates(e, true);
    if (str_is(n, "group.basics")) return basics(e);
    if (str_is(n, "group.attendance")) return attendance(e);
    if (str_is(n, "group.finance")) return finance(e);
    if (str_is(n, "group.cases")) return turned(e);
    if (str_is(n, "group.contract")) return contract(e);
    if (str_is(n, "session.number")) return id_text(env->arena, e->seq);
    return str_is(n, "session.attendance") ? session_counts(e) : NO_STR;
}

static void
drop(void *j)
{
    json_decref(j);
}

/* A row for each member of the day: all who are in the group now. */
static const json_t *
member_rows(const struct doc_env *env)
{
    const struct env_arg *e = arg_of(env);
    struct group_members_row *m;
    size_t n = group_people(e->rq, e->k, &m);
    json_t *list = json_array();
    arena_defer(env->arena, drop, list);
    for (size_t i = 0; i < n; i++)
        if (str_is(m[i].state, "accepted")) json_array_append_new(list, json_pack("{s:s}", "member", id_text(env->arena, m[i].id.v).p));
    return list;
}

static const json_t *
value(const struct doc_env *env, const char *name)
{
    const struct env_arg *e = arg_of(env);
    struct str rest = str_of(name), head = str_cut(&rest, '.');
    if (strcmp(name, "members") == 0) return member_rows(env);
    bool plan = str_is(head, "H"), session = str_is(head, "I");
    return plan || session ? json_object_get(group_sheet(e->rq, e->k, plan ? "H" : "I", plan ? 0 : e->seq).doc, rest.p) : NULL;
}

static const struct choice *
offer(const struct doc_env *env, const struct doc_field *x, size_t *n)
{
    const struct env_arg *e = arg_of(env);
    struct group_members_row *m;
    struct case_workers_row *rows;
    struct choice *all;
    if (x->f.kind == F_UNIT) {
        all = NEW(env->arena, struct choice, 1);
        *n = 1;
        all[0] = (struct choice){ id_text(env->arena, e->k->g.unit.v).p, e->k->g.unit_name.p, e->k->g.unit_name.p };
        return all;
    }
    if (x->member) {
        size_t people = group_people(e->rq, e->k, &m);
        all = NEW(env->arena, struct choice, people + 1);
        *n = 0;
        for (size_t i = 0; i < people; i++) {
            if (!date_known(m[i].joined_on)) continue;
            const char *text = str_z(env->arena, group_member_name(e->rq, &m[i]));
            all[(*n)++] = (struct choice){ id_text(env->arena, m[i].id.v).p, text, text };
        }
        return all;
    }
    *n = case_workers(e->rq->db, &rows, e->k->g.unit);
    all = NEW(env->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ id_text(env->arena, rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    return all;
}

static bool
may_read(const struct doc_env *env, int level)
{
    return group_may_read(arg_of(env)->rq, arg_of(env)->k, level);
}

struct doc_env *
group_env(struct rq *rq, struct groupfile *k, int64_t seq)
{
    struct doc_env *env = NEW(rq->arena, struct doc_env, 1);
    struct env_arg *e = NEW(rq->arena, struct env_arg, 1);
    const char **words = NEW(rq->arena, const char *, k->profile->words_n + 1);
    for (size_t i = 0; i < k->profile->words_n; i++) words[i] = k->profile->words[i].word.p;
    *e = (struct env_arg){ rq, k, seq };
    *env = (struct doc_env){ .arena = rq->arena, .lang = rq->lang, .arg = e, .source = source, .value = value, .offer = offer, .may_read = may_read,
                             .label_words = words, .full_capacity = true };
    return env;
}
