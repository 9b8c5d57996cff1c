/* The duty to report: when it begins, its clock, what it means for the case; what is sealed, and the lines of response. */
#include "audit/audit.h"
#include "auth/session.h"
#include "inbox/inbox.h"
#include "report/report_views.h"
#include "seal/seal.h"

#define SEAL_TOLD "report.told"
#define SEAL_LINE "report.line"

/* ---- Sealed ---- */

static void
drop(void *j)
{
    json_decref(j);
}

json_t *
told_new(struct arena *a)
{
    json_t *doc = json_object();
    arena_defer(a, drop, doc);
    return doc;
}

void
told_put(json_t *doc, const char *key, struct str value)
{
    if (value.n) json_object_set_new(doc, key, json_stringn(value.p, value.n));
}

struct str
told_seal(struct arena *a, const json_t *doc)
{
    return seal(a, SEAL_TOLD, doc_dump(a, doc));
}

const json_t *
told_open(struct arena *a, struct str sealed)
{
    struct str text = unseal(a, SEAL_TOLD, sealed);
    return text.n ? doc_parse(a, text) : NULL;
}

struct str
line_seal(struct arena *a, struct str text)
{
    return text.n ? seal(a, SEAL_LINE, text) : NO_STR;
}

struct str
line_open(struct arena *a, struct str sealed)
{
    return sealed.n ? unseal(a, SEAL_LINE, sealed) : NO_STR;
}

/* ---- Clocks ---- */

struct instant
hours_after(struct instant t, int64_t hours)
{
    return (struct instant){ t.ms + hours * 3600000 };
}

/* The statutes give no hours: 立即 and 及时 are parameters of the place. */
int64_t
duty_hours(const struct profile *p, const struct code_entry *duty, bool warn)
{
    if (strcmp(codes_text(duty, "clock"), "at_once") == 0)
        return warn ? profile_param(p, "report_at_once_warn_hours", 1) : profile_param(p, "report_at_once_error_hours", 6);
    return warn ? profile_param(p, "report_promptly_warn_hours", 12) : profile_param(p, "report_promptly_error_hours", 24);
}

struct str
found_text(struct arena *a, enum lang lang, struct instant found)
{
    int64_t minutes = (instant_now().ms - found.ms) / 60000;
    if (minutes < 60) return tr_fmt(a, lang, T("发现后 %d 分钟"), minutes < 0 ? 0 : (int)minutes);
    if (minutes < 72 * 60) return tr_fmt(a, lang, T("发现后 %d 小时"), (int)(minutes / 60));
    return tr_fmt(a, lang, T("发现后 %d 天"), (int)(minutes / 1440));
}

const char *
report_clock_colour(const struct profile *p, struct str duty, struct instant found, struct instant due)
{
    const struct code_entry *e = codes_find(codes_table("report_duty"), duty);
    int64_t now = instant_now().ms;
    if (!instant_known(due) || e == NULL) return "bg-secondary-lt";
    if (now > due.ms) return "bg-red-lt";
    return now > hours_after(found, duty_hours(p, e, true)).ms ? "bg-yellow-lt" : "bg-blue-lt";
}

/* ---- A duty begins ---- */

struct str
report_serial(struct rq *rq, struct unit_id unit, const char *kind)
{
    struct report_serial_next_row serial;
    struct case_unit_row u;
    int year = date_ymd(today()).y;
    if (!case_unit(rq->db, &u, unit) || !report_serial_next(rq->db, &serial, unit, str_of(kind), year)) return STR("");
    return str_fmt(rq->arena, "%.*s-%s-%d-%04lld", FMT(u.code), kind, year, (long long)serial.last);
}

void
report_log(struct rq *rq, int64_t subject, const char *kind, struct str code, struct str text, bool by_name)
{
    int64_t area = id_area(subject);
    report_event_add(rq->db, .area = area, .id = { id_next(area) }, .subject = subject, .at = instant_now(),
                     .account = by_name ? rq->who.user : (struct user_id){ 0 }, .kind = str_of(kind), .code = code.n ? code : NO_STR,
                     .text = line_seal(rq->arena, text));
}

struct report_id
report_begin(struct rq *rq, const struct report_begin *in)
{
    int64_t area = id_area(in->unit.v);
    struct report_id id = { id_next(area) };
    const struct code_entry *duty = codes_find(codes_table("report_duty"), str_of(in->duty));
    struct str no = report_serial(rq, in->unit, "Q");
    json_t *content = told_new(rq->arena);

    assert(duty != NULL);
    told_put(content, "name", in->name);
    told_put(content, "facts", in->facts);
    report_insert(rq->db, .area = area, .id = id, .no = no, .unit = in->unit, .duty = duty->code, .opened_by = str_of(in->opened_by),
                  .flags = in->flags.n ? in->flags : NO_STR, .discovery = in->discovery, .case_ = in->case_, .person = in->person, .owner = in->owner,
                  .content = told_seal(rq->arena, content), .situations = in->situations.n ? in->situations : NO_STR, .found_at = in->found,
                  .at = instant_now(), .due_at = hours_after(in->found, duty_hours(in->profile, duty, false)));
    lines_begin(rq, id.v, STR("rescue,shelter,comfort,resources,support"), false);
    report_log(rq, id.v, "opened", str_of(in->opened_by), NO_STR, true);
    audit_note(rq, area, "create", "report", id.v, NULL, no);
    inbox_tell(rq, &(struct inbox_news){ "duty", "report", id.v, no, in->unit }, &in->owner, 1, true);
    return id;
}

/* ---- Cases ---- */

/* Does one of the flags call for a report? */
static bool
mandatory(struct str flags)
{
    while (flags.n) {
        const struct code_entry *e = codes_find(codes_table("risk_flag"), str_cut(&flags, ','));
        if (e != NULL && codes_flag(e, "mandatory")) return true;
    }
    return false;
}

static bool
flagged(struct str flags, const char *one)
{
    while (flags.n)
        if (str_is(str_cut(&flags, ','), one)) return true;
    return false;
}

static const char *
duty_of(const struct casefile *k, struct str flags)
{
    int age = date_age(k->c.born, today());
    if (age >= 0 && age < profile_param(k->profile, "minor_age", 18)) return "minor";
    return flagged(flags, "domestic") ? "domestic" : "other";
}

/* Who must know at once that life or safety is in danger: the supervisor of the case, or those of the station; and its head.  Of a
 * case of level S4 only who may know that there is one. */
static void
tell_crisis(struct rq *rq, const struct casefile *k)
{
    struct case_supervisors_row *rows;
    struct user_id to[20];
    size_t n = 0, all = k->c.supervisor.v || k->c.level >= 4 ? 0 : case_supervisors(rq->db, &rows, k->c.unit);
    if (k->c.supervisor.v) to[n++] = k->c.supervisor;
    for (size_t i = 0; i < all && n < COUNT(to); i++) to[n++] = rows[i].id;
    inbox_tell(rq, &(struct inbox_news){ "crisis", "case", k->c.id.v, k->c.no, k->c.unit }, to, n, true);
}

void
report_of_form(struct rq *rq, const struct casefile *k, const json_t *doc)
{
    struct report_stands_row stands;
    struct str flags = doc_text(doc, "risk_flags");
    bool urgent = str_is(doc_text(doc, "urgency"), "1"), risky = mandatory(flags) || str_is(doc_text(doc, "mandatory_report"), "1");
    int64_t area = id_area(k->c.id.v);

    if (urgent) tell_crisis(rq, k);
    if (!urgent && !risky) return;
    const char *duty = duty_of(k, flags);
    if (!report_stands(rq->db, &stands, area, k->c.id, str_of(duty), flags.n ? flags : NO_STR) || stands.total > 0) return;
    report_begin(rq, &(struct report_begin){ .unit = k->c.unit, .owner = k->c.worker.v ? k->c.worker : rq->who.user, .duty = duty,
        .opened_by = risky ? "risk" : "urgency", .case_ = k->c.id, .person = k->c.person, .found = instant_now(), .name = k->c.name,
        .facts = doc_text(doc, "presenting_problem"), .flags = flags, .profile = k->profile });
}

struct str
report_open_in(struct rq *rq, struct case_id id)
{
    struct report_of_case_row *rows;
    size_t n = report_of_case(rq->db, &rows, id_area(id.v), id, rq->who.user);
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].state, "open") || str_is(rows[i].state, "waiting")) return rows[i].no;
    return NO_STR;
}

struct str
report_text(struct rq *rq, struct case_id id)
{
    struct report_of_case_row *rows;
    if (report_of_case(rq->db, &rows, id_area(id.v), id, rq->who.user) == 0) return NO_STR;
    return str_fmt(rq->arena, "%.*s · %s", FMT(rows[0].no), report_state_label(rows[0].state, rq->lang));
}

/* ---- Responses (MZT-24) ---- */

void
lines_begin(struct rq *rq, int64_t subject, struct str chosen, bool all)
{
    size_t n;
    const struct code_entry *lines = codes_entries(codes_table("response_line"), &n);
    for (size_t i = 0; i < n; i++) {
        bool open = flagged(chosen, lines[i].code.p);
        if (open || all)
            response_set(rq->db, .area = id_area(subject), .subject = subject, .line = lines[i].code, .state = open ? STR("open") : STR("not_needed"),
                         .me = rq->who.user, .at = instant_now());
    }
}

size_t
lines_of(struct rq *rq, int64_t subject, struct line **out)
{
    size_t n, kept = 0;
    const struct code_entry *lines = codes_entries(codes_table("response_line"), &n);
    struct response_list_row *rows;
    size_t rows_n = response_list(rq->db, &rows, id_area(subject), subject);
    *out = NEW(rq->arena, struct line, n + 1);
    for (size_t i = 0; i < n; i++)
        for (size_t r = 0; r < rows_n; r++)
            if (str_eq(rows[r].line, lines[i].code))
                (*out)[kept++] = (struct line){ rows[r].line, rows[r].state, line_open(rq->arena, rows[r].note), rows[r].name, rows[r].at };
    return kept;
}

size_t
lines_left(struct rq *rq, int64_t subject)
{
    struct line *lines;
    size_t left = 0, n = lines_of(rq, subject, &lines);
    for (size_t i = 0; i < n; i++) left += str_is(lines[i].state, "open");
    return left;
}

struct line_in { struct str line, state, note; };
static const struct field line_fields[] = {
    FIELD_CODE(struct line_in, line, "response_line", "响应措施", .required = true),
    FIELD_CODE(struct line_in, state, "response_state", "办理情况", .required = true),
    FIELD_TEXT(struct line_in, note, "说明", .max = 300),
};
const struct form line_form = FORM(struct line_in, line_fields);

void
line_set(struct rq *rq, int64_t subject)
{
    const struct line_in *in = rq->form;
    struct audit_changes changes = { 0 };
    int64_t area = id_area(subject);
    response_set(rq->db, .area = area, .subject = subject, .line = in->line, .state = in->state, .note = line_seal(rq->arena, in->note),
                 .me = rq->who.user, .at = instant_now());
    audit_changed(&changes, rq->arena, str_z(rq->arena, in->line), NO_STR, in->state);
    audit_note(rq, area, "change", "response", subject, &changes, NO_STR);
}

/* ---- Words ---- */

const char *
report_duty_label(struct str duty, enum lang lang)
{
    return codes_label(codes_table("report_duty"), duty, lang);
}

const char *
report_state_label(struct str state, enum lang lang)
{
    return codes_label(codes_table("report_state"), state, lang);
}

const char *
report_state_colour(struct str state)
{
    if (str_is(state, "open")) return "bg-red-lt";
    if (str_is(state, "waiting")) return "bg-yellow-lt";
    return str_is(state, "reported") ? "bg-blue-lt" : str_is(state, "closed") ? "bg-green-lt" : "bg-secondary-lt";
}

const char *
report_event_text(enum lang lang, const struct report_events_row *e)
{
    static const struct { const char *kind, *zh; } words[] = {
        { "created", T("登记发现") }, { "taken", T("受理") }, { "opened", T("报告责任产生") }, { "reported", T("已报告") }, { "answer", T("接收部门答复") },
        { "follow", T("后续措施") }, { "receipt", T("补记回执编号") }, { "asked", T("申请不报告") }, { "waived", T("批准不报告") }, { "refused", T("不同意，须报告") },
        { "named", T("指定知情人") }, { "closed", T("办结") }, { "case", T("关联个案") },
    };
    if (str_is(e->kind, "settled")) return codes_label(codes_table("discovery_state"), e->code, lang);
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(e->kind, words[i].kind)) return tr(lang, words[i].zh);
    return "";
}
