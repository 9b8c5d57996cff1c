#include "test/cases.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

const char case_sign[] = "M60 120L110 60 150 130 200 70";

static const struct { const char *form, *name, *value; } usual[] = {
    { "A", "case_grade", "professional" }, { "A", "source", "self" }, { "A", "urgency", "4" }, { "A", "risk_flags", "none" },
    { "A", "capacity", "full" }, { "A", "agency_explained", "1" }, { "A", "worker_role_explained", "1" }, { "A", "confidentiality_notice", "1" },
    { "A", "no_phone", "0" }, { "A", "decision", "accept" }, { "A", "interest_relation", "no" }, { "A", "name", "本人" },
    { "B", "client_took_part", "1" }, { "B", "risk_level", "low" }, { "B", "self_care", "1" },
    { "C", "form_kind", "written" }, { "C", "fee", "free" }, { "D", "client_agreed", "1" },
    { "E", "off_plan", "0" }, { "E", "goal_link", "D.goals:1,D.steps:1" }, { "E", "direct_kinds", "change" }, { "E", "plan_change", "0" },
    { "E", "last_contact", "1" }, { "E", "risk_change", "same" }, { "E", "kind", "home" },
    { "F", "eval_kind", "closing" }, { "F", "purpose_explained", "1" }, { "F", "client_participated", "1" }, { "F", "methods_quantitative", "goals" },
    { "F", "suggest", "close" }, { "G", "close_reason", "1" }, { "G", "referral", "0" }, { "G", "follow_up", "no" },
};

const char *
at(struct kit *k, const char *fmt, ...)
{
    char text[2000];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    assert_true(n >= 0 && (size_t)n < sizeof text);
    return str_fmt(&k->arena, "%s", text).p;
}

const char *
day_text(struct kit *k, int after_today)
{
    char text[16];
    date_print(date_add(today(), after_today), text);
    return at(k, "%s", text);
}

void
sheet_set(struct sheet *s, const char *name, const char *value)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->name[i], name) == 0) {
            s->value[i] = value;
            return;
        }
    assert_true(s->n < COUNT(s->name));
    s->name[s->n] = name;
    s->value[s->n++] = value;
}

static const char *
sheet_get(const struct sheet *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->name[i], name) == 0) return s->value[i];
    return NULL;
}

const char *
sheet_params(const struct sheet *s)
{
    struct buf b = { .arena = &s->k->arena };
    for (size_t i = 0; i < s->n; i++)
        if (s->value[i] != NULL) putf(&b, "%s%s=%.*s", b.n ? "&" : "", s->name[i], FMT(kit_enc(s->k, s->value[i])));
    return str_z(&s->k->arena, buf_str(&b));
}

/* A plausible value; NULL for what is not typed. */
static const char *
ordinary(struct kit *k, const struct doc_field *x)
{
    size_t n;
    const struct choice *all = field_choices(&x->f, &n);
    bool phone = x->f.check != NULL && strcmp(x->f.check, "phone") == 0;
    if (x->from != NULL) return "1";
    if (x->catalogue != NULL) return "1.1";
    switch (x->f.kind) {
    case F_SINGLE: case F_MULTI: return n ? all[0].code : NULL;
    case F_DATE: return day_text(k, 0);
    case F_DATETIME: return at(k, "%sT%s", day_text(k, 0), strcmp(x->f.name, "end_at") == 0 ? "00:31" : "00:01");
    case F_INT: case F_DEC: case F_MONEY: return "1";
    case F_SCALE: return "4";
    case F_STAFF: return at(k, "%lld", (long long)kit_user(k, "worker_a").v);
    case F_UNIT: return at(k, "%lld", (long long)k->station_a.v);
    case F_DIVISION: return "350424100001";
    case F_SIGN: return case_sign;
    case F_PERSON: return "本人";
    case F_TEXT: return phone ? "13800000001" : "无";
    case F_LONG: return "见记录。";
    case F_BOOL: case F_TABLE: case F_FILE: case F_PASSWORD: case F_HIDDEN: case F_NOTE: case F_COMPUTED: return NULL;
    }
    return NULL;
}

static void
fill_field(struct sheet *s, const struct doc_field *x)
{
    if (x->f.kind == F_TABLE) {
        for (size_t c = 0; c < x->columns_n; c++)
            if (x->columns[c].needed) sheet_set(s, at(s->k, "%s.0.%s", x->f.name, x->columns[c].f.name), ordinary(s->k, &x->columns[c]));
    } else if (x->f.kind == F_SCALE && x->f.choices_n) {
        for (size_t c = 0; c < x->f.choices_n; c++) sheet_set(s, at(s->k, "%s.%s", x->f.name, x->f.choices[c].code), "4");
    } else {
        sheet_set(s, x->f.name, ordinary(s->k, x));
    }
}

struct sheet
sheet_of(struct kit *k, const char *letter)
{
    const struct doc_form *f = doc_form(str_of(letter));
    struct sheet s = { .k = k };
    for (size_t i = 0; i < COUNT(usual); i++)
        if (strcmp(usual[i].form, letter) == 0) sheet_set(&s, usual[i].name, usual[i].value);
    if (letter[0] == 'G') sheet_set(&s, "notice_date", day_text(k, -1));
    for (size_t i = 0; i < f->n; i++) {
        const struct doc_field *x = &f->fields[i];
        const char *other = x->f.if_field ? sheet_get(&s, x->f.if_field) : NULL;
        bool asked = x->needed || (x->conditional && x->f.if_field != NULL);
        if (!asked || x->supervisor || sheet_get(&s, x->f.name) != NULL) continue;
        if (x->f.if_field == NULL || field_asked(&x->f, other ? str_of(other) : NO_STR)) fill_field(&s, x);
    }
    return s;
}

static struct kit_reply
done(struct kit *k, struct kit_reply r, const char *what)
{
    if (r.status == HTTP_SEE_OTHER) return r;
    const char *body = str_z(&k->arena, r.body), *why = strstr(body, "alert-danger");
    fail_msg("%s: %d %.1500s", what, (int)r.status, why ? why : body);
    return r;
}

int64_t
case_person_made(struct kit *k, const char *login, const char *name, const char *born)
{
    struct kit_reply r = done(k, kit_post(k, login, "/people/new", at(k, "name=%s&born=%s", kit_enc(k, name).p, born)), name);
    return kit_id_in(r.location, "/people/");
}

void
case_consent(struct kit *k, const char *login, int64_t person, const char *kind, const char *relation)
{
    bool guardian = strcmp(relation, "guardian") == 0;
    done(k, kit_post(k, login, at(k, "/people/%lld/consents", (long long)person),
                     at(k, "kind=%s&capacity=%s&relation=%s&given_by=x&way=written&given_on=%s", kind,
                        guardian ? "none" : "full", relation, day_text(k, 0))), kind);
}

struct opened
case_made(struct kit *k, const char *login, const char *name, const char *born)
{
    struct opened o = { .person = case_person_made(k, login, name, born) };
    struct date d;
    bool child = date_parse(str_of(born), &d) && date_age(d, today()) < 14;
    const char *who = child ? "guardian" : "self";
    case_consent(k, login, o.person, "processing", who);
    case_consent(k, login, o.person, "sensitive", who);
    if (child) case_consent(k, login, o.person, "guardian", who);
    struct kit_reply r = done(k, kit_post(k, login, "/cases/new", at(k, "person=%lld", (long long)o.person)), "new case");
    o.id = kit_id_in(r.location, "/cases/");
    o.form_a = kit_id_in(r.location, at(k, "/cases/%lld/forms/", (long long)o.id));
    return o;
}

int64_t
case_begin(struct kit *k, const char *login, int64_t id, const char *letter)
{
    struct kit_reply r = kit_post(k, login, at(k, "/cases/%lld/begin/%s", (long long)id, letter), "");
    return r.status == HTTP_SEE_OTHER ? kit_id_in(r.location, at(k, "/cases/%lld/forms/", (long long)id)) : 0;
}

struct kit_reply
case_save(struct kit *k, const char *login, int64_t id, int64_t form, const struct sheet *s, const char *what)
{
    int64_t saves = kit_number(k, at(k, "SELECT saves FROM case_form WHERE id = %lld", (long long)form));
    return kit_post(k, login, at(k, "/cases/%lld/forms/%lld", (long long)id, (long long)form),
                    str_fmt(&k->arena, "%s&version=%lld&do=%s", sheet_params(s), (long long)saves, what).p);
}

int64_t
case_submit_sheet(struct kit *k, const char *login, int64_t id, const char *letter, const struct sheet *s)
{
    int64_t form = case_begin(k, login, id, letter);
    if (form == 0) fail_msg("form %s cannot be begun", letter);
    done(k, case_save(k, login, id, form, s, "submit"), letter);
    return form;
}

int64_t
case_submit(struct kit *k, const char *login, int64_t id, const char *letter)
{
    struct sheet s = sheet_of(k, letter);
    return case_submit_sheet(k, login, id, letter, &s);
}

struct kit_reply
case_step(struct kit *k, const char *login, int64_t id, const char *step, const char *params)
{
    return kit_post(k, login, at(k, "/cases/%lld/%s", (long long)id, step), params);
}

struct kit_reply
case_page_of(struct kit *k, const char *login, int64_t id)
{
    return kit_get(k, login, at(k, "/cases/%lld", (long long)id));
}

bool
case_in(struct kit *k, int64_t id, const char *state)
{
    return kit_number(k, at(k, "SELECT count(*) FROM casefile WHERE id = %lld AND state = '%s'", (long long)id, state)) == 1;
}

void
case_to(struct kit *k, const char *login, int64_t id, const char *state)
{
    static const struct { const char *state, *forms; } way[] = {
        { "intake", "A" }, { "assessment", "B" }, { "planning", "DC" }, { "intervention", "E" }, { "evaluation", "F" }, { "closing", "" },
    };
    for (size_t i = 0; i < COUNT(way) && !case_in(k, id, state); i++) {
        if (!case_in(k, id, way[i].state)) continue;
        for (const char *f = way[i].forms; *f; f++)
            if (kit_number(k, at(k, "SELECT count(*) FROM case_form WHERE case_id = %lld AND form = '%c' AND status IN ('submitted', 'approved')",
                                 (long long)id, *f)) == 0) case_submit(k, login, id, (const char[]){ *f, 0 });
        done(k, case_step(k, login, id, "next", ""), way[i].state);
    }
    assert_true(case_in(k, id, state));
}

struct kit_reply
case_review_as(struct kit *k, const char *login, int64_t id, int64_t form, const char *decision)
{
    return kit_post(k, login, at(k, "/cases/%lld/forms/%lld/review", (long long)id, (long long)form),
                    at(k, "decision=%s&comment=%s&sign=%s", decision, kit_enc(k, "请补充目标。").p, kit_enc(k, case_sign).p));
}

void
case_close(struct kit *k, const char *login, int64_t id, const struct sheet *g)
{
    int64_t form = case_submit_sheet(k, login, id, "G", g);
    done(k, case_step(k, login, id, "supervisor", at(k, "supervisor=%lld", (long long)kit_user(k, "supervisor_a").v)), "supervisor");
    done(k, case_review_as(k, "supervisor_a", id, form, "approved"), "approval");
}

int64_t
tally_of(struct kit *k, const char *measure)
{
    return kit_number(k, at(k, "SELECT sum(n) FROM tally WHERE unit_id = %lld AND measure = '%s'", (long long)k->station_a.v, measure));
}
