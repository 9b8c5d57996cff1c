/* A discovery is dealt with in one step: a need noted, a case, a referral, or a mandatory report. */
#include "audit/audit.h"
#include "auth/session.h"
#include "referral/referral.h"
#include "report/report_views.h"

struct settle { struct str outcome, client, duty, needs, responses, note; struct user_id worker; };
static const struct choice outcomes[] = {
    { "noted", T("记录需要，继续关注"), NULL }, { "case", T("接案"), NULL }, { "referral", T("转介"), NULL }, { "report", T("强制报告"), NULL },
    { "dismissed", T("无需处理"), NULL },
};
static const struct field fields[] = {
    FIELD_OFFERED(struct settle, outcome, "处理结果", .required = true, .wide = true),
    FIELD_OFFERED(struct settle, client, "服务对象", .if_field = "outcome", .if_values = "case|referral", .required_if_shown = true, .wide = true),
    FIELD_CODE(struct settle, duty, "report_duty", "报告类别", .if_field = "outcome", .if_values = "report", .required_if_shown = true),
    FIELD_ID(struct settle, worker, user_id, F_STAFF, "责任社工", .if_field = "outcome", .if_values = "case|report", .required_if_shown = true),
    FIELD_CODES(struct settle, needs, "need", "需要", .if_field = "outcome", .if_values = "noted", .required_if_shown = true, .wide = true),
    FIELD_CODES(struct settle, responses, "response_line", "需要的响应", .wide = true, .help = "没有选的记为“不需要”，以后可以改。"),
    FIELD_LONG(struct settle, note, "处理说明", .max = 1000),
};
static bool check(struct rq *rq, void *form);
const struct form discovery_settle_form = FORM_CHECKED(struct settle, fields, check);

/* What may follow: a report after a case and a case after a report, but nothing twice. */
static const struct { const char *from, *to; } steps[] = {
    { "new", "noted" }, { "new", "case" }, { "new", "referral" }, { "new", "report" }, { "new", "dismissed" },
    { "taken", "noted" }, { "taken", "case" }, { "taken", "referral" }, { "taken", "report" }, { "taken", "dismissed" },
    { "noted", "case" }, { "noted", "referral" }, { "noted", "report" }, { "report", "case" }, { "report", "referral" },
    { "case", "report" }, { "referral", "report" },
};

static const char *
kind_of(const struct discovery *d, const char *what)
{
    const struct code_entry *e = codes_find(codes_table("discovery_kind"), d->r.kind);
    return e != NULL ? codes_text(e, what) : "";
}

static const char *
duty_of(const struct discovery *d)
{
    const char *duty = kind_of(d, "duty");
    return *duty ? duty : str_is(d->r.minor, "yes") ? "minor" : "other";
}

static bool
possible(const struct discovery *d, const char *to)
{
    bool done = (strcmp(to, "case") == 0 && d->r.case_.v) || (strcmp(to, "referral") == 0 && d->r.referral.v)
                || (strcmp(to, "report") == 0 && d->r.report.v);
    for (size_t i = 0; i < COUNT(steps); i++)
        if (str_is(d->r.state, steps[i].from) && strcmp(to, steps[i].to) == 0) return !done;
    return false;
}

bool
discovery_may_settle(const struct discovery *d)
{
    for (size_t i = 0; d->reads && i < COUNT(outcomes); i++)
        if (possible(d, outcomes[i].code)) return true;
    return false;
}

static struct person_new
client_of(struct rq *rq, const struct discovery *d)
{
    return (struct person_new){ .area = id_area(d->r.id.v), .unit = d->r.unit, .name = discovery_name(rq, &d->r), .sex = doc_text(d->told, "sex"),
                                .phone = doc_text(d->told, "phone"), .born = NO_DATE };
}

/* ---- The form ---- */

static const struct choice *
clients(struct rq *rq, const struct discovery *d, size_t *n)
{
    struct person_new in = client_of(rq, d);
    struct person_match *m = NULL;
    bool unseen;
    size_t found = in.name.n ? person_matches(rq, &in, &m, &unseen) : 0;
    return person_match_choices(rq, m, found, n);
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    const struct discovery *d = from->arg;
    struct rq *rq = d->rq;
    struct case_workers_row *rows;
    size_t kept = 0;
    if (strcmp(f->name, "client") == 0) return clients(rq, d, n);
    if (f->kind == F_STAFF) {
        *n = case_workers(rq->db, &rows, d->r.unit);
        struct choice *all = NEW(rq->arena, struct choice, *n + 1);
        for (size_t i = 0; i < *n; i++)
            if (may(rq, CASE_ASSIGN) || rows[i].id.v == rq->who.user.v)
                all[kept++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
        *n = kept;
        return all;
    }
    struct choice *all = NEW(rq->arena, struct choice, COUNT(outcomes));
    for (size_t i = 0; i < COUNT(outcomes); i++)
        if (possible(d, outcomes[i].code)) all[kept++] = outcomes[i];
    *n = kept;
    return all;
}

void
discovery_settle_fill(struct rq *rq, const struct discovery *d, struct form_source *from)
{
    struct settle *fresh = NEW(rq->arena, struct settle, 1);
    size_t n;
    const struct choice *who = clients(rq, d, &n);
    *fresh = (struct settle){ .worker = rq->who.user, .duty = str_of(duty_of(d)), .needs = str_of(kind_of(d, "need")),
                              .outcome = *kind_of(d, "duty") && !d->r.report.v ? STR("report") : NO_STR,
                              .client = n == 1 ? str_of(who[0].code) : NO_STR };
    *from = (struct form_source){ .rq = rq, .values = fresh, .choices = offered, .arg = (void *)(uintptr_t)d };
}

static bool
check(struct rq *rq, void *form)
{
    const struct settle *in = form;
    const struct discovery *d = discovery_of(rq);
    bool needs_client = str_is(in->outcome, "case") || str_is(in->outcome, "referral");
    if (!possible(d, str_z(rq->arena, in->outcome))) rq_invalid(rq, "outcome", T("请从列表中选择。"));
    if (str_is(in->outcome, "dismissed") && in->note.n == 0) rq_invalid(rq, "note", T("无需处理须写明原因。"));
    if ((str_is(in->outcome, "dismissed") || str_is(in->outcome, "noted")) && *kind_of(d, "duty"))
        rq_invalid(rq, "outcome", T("此情形须办理强制报告；不报告须在报告中说明理由并经站长批准。"));
    if (needs_client && d->r.name.n == 0) rq_invalid(rq, "outcome", T("尚不清楚当事人是谁，请先登记服务对象。"));
    if (str_is(in->outcome, "report") && *kind_of(d, "duty") && strcmp(kind_of(d, "duty"), "minor") == 0 && !str_is(in->duty, "minor"))
        rq_invalid(rq, "duty", T("与所选情形不一致。"));
    return rq->errors == NULL;
}

/* ---- The step ---- */

static bool
worker_known(struct rq *rq, struct unit_id unit, struct user_id who)
{
    struct case_workers_row *rows;
    size_t n = case_workers(rq->db, &rows, unit);
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == who.v) return who.v == rq->who.user.v || may(rq, CASE_ASSIGN);
    return false;
}

static struct report_id
to_report(struct rq *rq, const struct discovery *d, struct user_id owner, const char *duty, struct case_id c, struct person_id person)
{
    return report_begin(rq, &(struct report_begin){ .unit = d->r.unit, .owner = owner, .duty = duty, .opened_by = "discovery", .discovery = d->r.id,
        .case_ = c, .person = person, .found = d->r.found_at, .name = discovery_name(rq, &d->r), .facts = doc_text(d->told, "facts"),
        .situations = d->r.situations, .profile = d->profile });
}

/* What form A begins with; who told it is not in it. */
static void
begin_intake(struct rq *rq, const struct discovery *d, struct doc_id form_a)
{
    const struct code_entry *source = codes_find(codes_table("discovery_source"), d->r.source);
    const char *risk = kind_of(d, "risk");
    const struct doc_preset values[] = {
        { "source", source != NULL ? str_of(codes_text(source, "case_source")) : STR("other") }, { "source_detail", d->r.no },
        { "presenting_problem", doc_text(d->told, "facts") }, { "urgency", str_fmt(rq->arena, "%lld", (long long)d->r.urgency) },
        { "risk_flags", *risk ? str_of(risk) : NO_STR }, { "catalogue_codes", str_of(kind_of(d, "catalogue")) },
    };
    case_preset(rq, form_a, values, COUNT(values));
}

struct result { struct person_id person; struct case_id case_; struct referral_id referral; struct report_id report; };

/* An answer in words when it cannot be. */
static struct str
make(struct rq *rq, struct discovery *d, const struct settle *in, struct result *out)
{
    struct doc_id form_a;
    const char *duty = kind_of(d, "duty");
    struct str why = NO_STR;
    out->person = d->r.person;
    out->case_ = d->r.case_;
    if (str_is(in->outcome, "case")) {
        why = case_open(rq, out->person, in->worker, (struct case_id){ 0 }, &out->case_, &form_a);
        if (why.n) return why;
        begin_intake(rq, d, form_a);
        if (d->r.report.v) report_set_case(rq->db, id_area(d->r.id.v), d->r.report, out->case_, out->person);
    } else if (str_is(in->outcome, "referral")) {
        out->referral = referral_draft(rq, &(struct referral_begin){ .unit = d->r.unit, .unit_name = d->r.unit_name, .worker = rq->who.user,
            .person = out->person, .case_ = out->case_, .level = d->r.level >= 4 ? 4 : 0, .summary = doc_text(d->told, "facts"),
            .urgency = d->r.urgency, .ref = d->r.no });
    }
    bool reports = str_is(in->outcome, "report");
    struct user_id owner = in->worker.v ? in->worker : rq->who.user;
    if (reports) out->report = to_report(rq, d, owner, str_z(rq->arena, in->duty), out->case_, out->person);
    else if (*duty && !d->r.report.v) out->report = to_report(rq, d, owner, duty, out->case_, out->person);
    return NO_STR;
}

static enum http
settle(struct rq *rq)
{
    struct discovery *d = discovery_of(rq);
    const struct settle *in = rq->form;
    bool client = str_is(in->outcome, "case") || str_is(in->outcome, "referral");
    struct result made = { 0 };
    int64_t area = id_area(d->r.id.v);

    if (!d->station || !d->reads) return HTTP_FORBIDDEN;
    if (in->worker.v && !worker_known(rq, d->r.unit, in->worker)) return rq_invalid(rq, "worker", T("请从列表中选择。"));
    if (client && d->r.person.v == 0) {
        struct person_new p = client_of(rq, d);
        const char *wrong = person_settle(rq, &p, in->client, NO_STR, d->r.no, &d->r.person);
        if (wrong != NULL) return rq_invalid(rq, "client", wrong);
    }
    struct str why = make(rq, d, in, &made);
    if (why.n) return rq_fail(rq, HTTP_CONFLICT, why.p);
    size_t kept = discovery_settle(rq->db, .area = area, .id = d->r.id, .from_ = d->r.state, .state = in->outcome, .me = rq->who.user,
        .at = instant_now(), .needs = in->needs.n ? in->needs : NO_STR, .note = line_seal(rq->arena, in->note), .person = made.person,
        .case_ = made.case_, .referral = made.referral, .report = made.report);
    if (kept == 0) return HTTP_CONFLICT;
    lines_begin(rq, d->r.id.v, in->responses, true);
    if (made.report.v && in->responses.n) lines_begin(rq, made.report.v, in->responses, true);
    report_log(rq, d->r.id.v, "settled", in->outcome, NO_STR, true);
    audit_note(rq, area, "settle", "discovery", d->r.id.v, NULL, in->outcome);
    if (str_is(in->outcome, "report")) return rq_done(rq, T("已转强制报告"), "/reports/%lld", (long long)made.report.v);
    if (str_is(in->outcome, "case")) return rq_done(rq, T("个案已建立"), "/cases/%lld", (long long)made.case_.v);
    if (str_is(in->outcome, "referral")) return rq_done(rq, T("转介单已建立，请继续填写"), "/referrals/%lld/edit", (long long)made.referral.v);
    return rq_done(rq, T("已处理"), "/discoveries/%lld", (long long)d->r.id.v);
}

static enum http
take(struct rq *rq)
{
    struct discovery *d = discovery_of(rq);
    if (!d->station) return HTTP_FORBIDDEN;
    if (discovery_take(rq->db, id_area(d->r.id.v), d->r.id, rq->who.user, instant_now()) == 0) return rq_fail(rq, HTTP_CONFLICT, T("已由其他人受理。"));
    report_log(rq, d->r.id.v, "taken", NO_STR, NO_STR, true);
    audit_note(rq, id_area(d->r.id.v), "take", "discovery", d->r.id.v, NULL, NO_STR);
    return rq_done(rq, T("已受理"), "/discoveries/%lld", (long long)d->r.id.v);
}

static enum http
line(struct rq *rq)
{
    struct discovery *d = discovery_of(rq);
    if (!d->station || !d->reads) return HTTP_FORBIDDEN;
    line_set(rq, d->r.id.v);
    return rq_done(rq, T("已保存"), "/discoveries/%lld", (long long)d->r.id.v);
}

const struct route settle_routes[] = {
    POST("/discoveries/:discovery/take", REPORT_WRITE, take, .scope = discovery_scope, .form = &no_fields, .title = T("受理发现")),
    POST("/discoveries/:discovery/settle", REPORT_WRITE, settle, .scope = discovery_scope, .form = &discovery_settle_form, .redraw = discovery_show,
         .title = T("处理发现")),
    POST("/discoveries/:discovery/line", REPORT_WRITE, line, .scope = discovery_scope, .form = &line_form, .redraw = discovery_show,
         .title = T("响应措施")),
};
const size_t settle_routes_n = COUNT(settle_routes);
