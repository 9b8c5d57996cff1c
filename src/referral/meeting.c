/* What a case conference shares, and on what ground.  What goes to people from outside of the station needs a consent that names them,
 * or a statute (PIPL arts. 13, 23), and stands in the disclosure register. */
#include "audit/audit.h"
#include "people/consent_sql.h"
#include "people/consent_views.h"
#include "referral/conference_views.h"

/* ---- What is shared ---- */

bool
conference_outside(struct user_id account, struct str profession)
{
    const struct code_entry *e = codes_find(codes_table("profession"), profession);
    return account.v == 0 && !(e != NULL && codes_flag(e, "client"));
}

struct str
parts_labels(struct arena *a, enum lang lang, struct str parts)
{
    struct buf b = { .arena = a };
    while (parts.n) {
        if (b.n) put_raw(&b, lang == LANG_ZH ? STR("、") : STR(", "));        /* not shown */
        put_raw(&b, str_of(codes_label(codes_table("case_part"), str_cut(&parts, ','), lang)));
    }
    return buf_str(&b);
}

/* What is said in a conference is as sensitive as the most sensitive part, and never less than the case. */
int64_t
conference_level(const struct casefile *k, struct str parts)
{
    int64_t level = k->c.level > 2 ? k->c.level : 2;
    while (parts.n) {
        const struct code_entry *e = codes_find(codes_table("case_part"), str_cut(&parts, ','));
        if (e != NULL && e->level > level) level = e->level;
    }
    return level;
}

/* The parts that are not among some others. */
static struct str
parts_beyond(struct arena *a, struct str parts, struct str allowed)
{
    struct buf b = { .arena = a };
    while (parts.n) {
        struct str one = str_cut(&parts, ',');
        bool found = false;
        for (struct str rest = allowed; rest.n && !found;) found = str_eq(str_cut(&rest, ','), one);
        if (!found) putf(&b, "%s%.*s", b.n ? "," : "", FMT(one));
    }
    return buf_str(&b);
}

/* ---- Consent ---- */

struct consent_form { struct str consent_how, consent_by, consent_relation, consent_way, legal_basis; struct date consent_on; };
static const struct field consent_fields[] = { AGREED_FIELDS(struct consent_form) };
static bool consent_check(struct rq *rq, void *form);
const struct form conference_consent_form = FORM_CHECKED(struct consent_form, consent_fields, consent_check);

static struct agreed
agreed_of(const struct conference *c, const struct consent_form *in)
{
    return (struct agreed){ in->consent_how, in->consent_by, in->consent_relation, in->consent_way, in->legal_basis, c->k.c.capacity, in->consent_on };
}

static bool
consent_check(struct rq *rq, void *form)
{
    const struct conference *c = rq->record;
    const struct agreed in = agreed_of(c, form);
    return agreed_check(rq, &in, c->k.c.born);
}

static struct str
receiver_text(struct arena *a, const struct attendee_list_row *who)
{
    return who->org.n ? str_fmt(a, "%.*s %.*s", FMT(who->org), FMT(who->name)) : who->name;
}

/* The consent that names somebody as receiver: his organisation, or himself when he comes for none. */
static const struct conference_consents_row *
consent_for(const struct conference *c, const struct conference_consents_row *all, size_t n, const struct attendee_list_row *who)
{
    for (size_t i = 0; i < n; i++) {
        bool guardian = all[i].legal_basis.n == 0 && consent_needs_guardian(STR("share"), all[i].capacity, c->k.c.born, all[i].given_on);
        if (guardian && !str_is(all[i].relation, "guardian")) continue;
        if (all[i].given_on.days > today().days) continue;
        if (str_has(all[i].receiver, who->org.n ? who->org : who->name)) return &all[i];
    }
    return NULL;
}

struct holding { struct str shared, minutes; };

/* Those from outside whom no consent names, "县医院 王医生；…"; and what the minutes begin with. */
void
conference_sharing(struct rq *rq, struct conference_page *v)
{
    struct conference_consents_row *consents;
    struct buf b = { .arena = rq->arena };
    size_t n = conference_consents(rq->db, &consents, id_area(v->c->r.id.v), v->c->k.c.person);
    for (size_t i = 0; i < v->people_n; i++) {
        if (!conference_outside(v->people[i].account, v->people[i].profession)) continue;
        v->outside++;
        if (consent_for(v->c, consents, n, &v->people[i]) != NULL) continue;
        putf(&b, "%s%.*s", b.n ? "；" : "", FMT(receiver_text(rq->arena, &v->people[i])));      /* not shown */
    }
    v->receivers = buf_str(&b);
    struct holding *held = NEW(rq->arena, struct holding, 1);
    held->shared = v->c->r.parts;
    v->held = held;
}

static enum http
consent(struct rq *rq)
{
    struct conference *c = rq->record;
    const struct consent_form *in = rq->form;
    struct attendee_list_row *people;
    struct conference_page v = { .c = c };
    int64_t area = id_area(c->r.id.v);
    if (!c->writes) return HTTP_FORBIDDEN;
    if (!str_is(c->r.state, "planned")) return conference_not_now(rq);
    v.people_n = attendee_list(rq->db, &people, area, c->r.id);
    v.people = people;
    conference_sharing(rq, &v);
    if (str_is(in->consent_how, "legal")) {
        conference_basis(rq->db, area, c->r.id, in->legal_basis);
        audit_note(rq, area, "change", "conference", c->r.id.v, NULL, in->legal_basis);
        return conference_back(rq, T("已记录法律依据"), c->r.id);
    }
    if (v.outside == 0)
        return rq_invalid(rq, "consent_how", T("没有站外参加人。站内共享敏感内容，请在服务对象的“同意与告知”中登记对处理敏感个人信息的同意。"));
    if (v.receivers.n == 0) return rq_invalid(rq, "consent_how", T("站外参加人都已写明在服务对象的同意中。"));
    const struct agreed agreed = agreed_of(c, in);
    agreed_keep(rq, c->k.c.person, c->r.case_, &agreed, v.receivers);
    audit_note(rq, area, "change", "conference", c->r.id.v, NULL, STR("consent"));
    return conference_back(rq, T("已记录同意"), c->r.id);
}

/* ---- Holding it ---- */

static const struct field hold_fields[] = {
    FIELD_CODES(struct holding, shared, "case_part", "实际共享的内容", .wide = true, .help = "没有共享个案内容的，不选。"),
    FIELD_LONG(struct holding, minutes, "会议记录", .required = true, .max = 20000),
};
const struct form conference_hold_form = FORM(struct holding, hold_fields);

/* A message with a name in it, already translated. */
static void
wrong(struct rq *rq, const char *zh, struct str name)
{
    rq_invalid(rq, "shared", tr_fmt(rq->arena, rq->lang, zh, str_z(rq->arena, name)).p);
}

/* Nobody learns more than he may: what the worker reads himself, what the team agreed on, what the client consented to. */
static bool
may_share(struct rq *rq, const struct conference *c, const struct attendee_list_row *people, size_t n, struct str parts)
{
    struct conference_consents_row *consents;
    int64_t area = id_area(c->r.id.v), level = conference_level(&c->k, parts);
    size_t consents_n = conference_consents(rq->db, &consents, area, c->k.c.person), outside = 0;
    for (size_t i = 0; i < n; i++) {
        struct str beyond = people[i].mate.v ? parts_beyond(rq->arena, parts, people[i].mate_parts) : NO_STR;
        if (beyond.n)
            wrong(rq, T("超出了团队成员的共享范围：%s"), str_fmt(rq->arena, "%.*s（%.*s）", FMT(people[i].name),         /* not shown */
                                                              FMT(parts_labels(rq->arena, rq->lang, beyond))));
        if (!conference_outside(people[i].account, people[i].profession)) continue;
        outside++;
        if (parts.n && c->r.basis.n == 0 && consent_for(c, consents, consents_n, &people[i]) == NULL)
            wrong(rq, T("服务对象的同意没有写明接收方：%s"), receiver_text(rq->arena, &people[i]));
    }
    if (parts.n && outside == 0 && level >= 3 && c->r.basis.n == 0 && !consent_valid(rq->db, area, c->k.c.person, STR("sensitive")))
        rq_invalid(rq, "shared", T("共享敏感内容须有服务对象对处理敏感个人信息的同意，或者写明法律依据。"));
    if (!case_may_read(rq, &c->k, (int)level)) rq_invalid(rq, "shared", T("其中有您无权提供的信息。"));
    return rq->errors == NULL;
}

/* One row of the register for each who heard it and is not of the station. */
static void
note_shared(struct rq *rq, const struct conference *c, const struct attendee_list_row *people, size_t n, struct str parts)
{
    struct conference_consents_row *consents;
    int64_t area = id_area(c->r.id.v);
    size_t consents_n = conference_consents(rq->db, &consents, area, c->k.c.person);
    char day[16];
    for (size_t i = 0; i < n; i++) {
        if (!conference_outside(people[i].account, people[i].profession)) continue;
        const struct conference_consents_row *of = consent_for(c, consents, consents_n, &people[i]);
        struct disclosure d = { .unit = c->k.c.unit, .person = c->k.c.person, .case_ = c->r.case_, .kind = "conference",
                                .level = conference_level(&c->k, parts), .receiver = receiver_text(rq->arena, &people[i]), .fields = parts,
                                .purpose = c->r.topic, .told_on = NO_DATE };
        if (of != NULL) {
            date_print(of->given_on, day);
            d.consent = of->id;
            d.told_on = of->given_on;
            d.basis = tr_fmt(rq->arena, LANG_ZH, of->legal_basis.n ? T("无需同意：%s") : T("同意：%s"),
                             of->legal_basis.n ? str_z(rq->arena, of->legal_basis) : str_fmt(rq->arena, "%.*s %s", FMT(of->given_by), day).p);
            attendee_consent(rq->db, area, people[i].id, of->id);
        } else {
            d.basis = tr_fmt(rq->arena, LANG_ZH, T("无需同意：%s"), str_z(rq->arena, c->r.basis));
        }
        disclosure_note(rq, &d);
    }
}

static enum http
hold(struct rq *rq)
{
    struct conference *c = rq->record;
    const struct holding *in = rq->form;
    struct attendee_list_row *people;
    int64_t area = id_area(c->r.id.v);
    if (!c->writes) return HTTP_FORBIDDEN;
    if (!str_is(c->r.state, "planned")) return conference_not_now(rq);
    if (c->r.on.days > today().days) return rq_invalid(rq, "minutes", T("会议日期还没有到；已经开过的，请先修改会议日期。"));
    size_t n = attendee_list(rq->db, &people, area, c->r.id);
    if (n == 0) return rq_invalid(rq, "minutes", T("请先登记参加人。"));
    if (!may_share(rq, c, people, n, in->shared)) return HTTP_INVALID;
    if (conference_held(rq->db, .area = area, .id = c->r.id, .parts = in->shared, .level = conference_level(&c->k, in->shared), .minutes = in->minutes,
                        .at = instant_now()) == 0)
        return conference_not_now(rq);                  /* somebody else was quicker */
    if (in->shared.n) note_shared(rq, c, people, n, in->shared);
    case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = c->r.case_, .at = instant_now(), .by = rq->who.user,
                   .kind = STR("conference"), .reason = c->r.topic);
    audit_note(rq, area, "hold", "conference", c->r.id.v, NULL, NO_STR);
    return conference_back(rq, T("已保存会议记录"), c->r.id);
}

struct why { struct str reason; };
static const struct field why_fields[] = { FIELD_TEXT(struct why, reason, "取消原因", .required = true, .max = 200) };
static const struct form why_form = FORM(struct why, why_fields);

static enum http
cancel(struct rq *rq)
{
    struct conference *c = rq->record;
    const struct why *in = rq->form;
    int64_t area = id_area(c->r.id.v);
    if (!c->writes) return HTTP_FORBIDDEN;
    if (conference_cancel(rq->db, area, c->r.id, in->reason) == 0) return conference_not_now(rq);
    audit_note(rq, area, "cancel", "conference", c->r.id.v, NULL, in->reason);
    return conference_back(rq, T("已取消会议"), c->r.id);
}

/* ---- What was decided ---- */

struct deciding { struct str text, who; struct date due; };
static const struct field decide_fields[] = {
    FIELD_TEXT(struct deciding, text, "决定", .required = true, .max = 300, .wide = true),
    FIELD_TEXT(struct deciding, who, "负责人", .required = true, .max = 120),
    FIELD_DATE(struct deciding, due, "完成期限"),
};
const struct form conference_decide_form = FORM(struct deciding, decide_fields);

static enum http
decide(struct rq *rq)
{
    struct conference *c = rq->record;
    const struct deciding *in = rq->form;
    int64_t area = id_area(c->r.id.v);
    if (!c->writes) return HTTP_FORBIDDEN;
    if (!str_is(c->r.state, "held")) return conference_not_now(rq);
    if (date_known(in->due) && in->due.days < c->r.on.days) return rq_invalid(rq, "due", T("期限不能早于会议日期。"));
    resolution_insert(rq->db, .area = area, .id = { id_next(area) }, .conference = c->r.id, .text = in->text, .who = in->who, .due = in->due,
                      .by = rq->who.user);
    audit_note(rq, area, "decide", "conference", c->r.id.v, NULL, NO_STR);
    return conference_back(rq, T("已登记决定"), c->r.id);
}

struct done_form { struct str result; };
static const struct field done_fields[] = { FIELD_TEXT(struct done_form, result, "结果", .required = true, .max = 300) };
static const struct form done_form = FORM(struct done_form, done_fields);

static enum http
done(struct rq *rq)
{
    struct conference *c = rq->record;
    const struct done_form *in = rq->form;
    int64_t area = id_area(c->r.id.v);
    if (!c->writes) return HTTP_FORBIDDEN;
    if (resolution_done(rq->db, .area = area, .id = { rq->ids[1] }, .conference = c->r.id, .on = today(), .result = in->result) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, area, "done", "conference", c->r.id.v, NULL, in->result);
    return conference_back(rq, T("已完成"), c->r.id);
}

const struct route meeting_routes[] = {
    POST("/conferences/:conference/consent", CASE_WRITE, consent, .scope = conference_scope, .form = &conference_consent_form,
         .redraw = conference_show, .title = T("记录共享同意")),
    POST("/conferences/:conference/hold", CASE_WRITE, hold, .scope = conference_scope, .form = &conference_hold_form, .redraw = conference_show,
         .title = T("登记会议记录")),
    POST("/conferences/:conference/cancel", CASE_WRITE, cancel, .scope = conference_scope, .form = &why_form, .redraw = conference_show,
         .title = T("取消会议")),
    POST("/conferences/:conference/decisions", CASE_WRITE, decide, .scope = conference_scope, .form = &conference_decide_form,
         .redraw = conference_show, .title = T("登记会议决定")),
    POST("/conferences/:conference/decisions/:resolution/done", CASE_WRITE, done, .scope = conference_scope, .form = &done_form,
         .redraw = conference_show, .title = T("完成会议决定")),
};
const size_t meeting_routes_n = COUNT(meeting_routes);
