/* Ledgers: the same for all of them (rights, form, list, export, striking out), and what single ones must refuse. */
#include "ledger/ledger.h"
#include "form/form.h"
#include "people/people.h"
#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { AREA = 350424 };

static struct kit *k;
static struct staff_id mine, his, tutor; /* at station_a: worker_a himself; at station_b */

static struct staff_id
someone(struct unit_id unit, const char *name)
{
    struct staff_new s = { .unit = unit,
                           .name = str_of(name),
                           .sex = STR("2"),
                           .born = NO_DATE,
                           .employment = STR("full"),
                           .service_from = NO_DATE,
                           .started_on = date_add(today(), -400) };
    return staff_make(k->db, AREA, &s);
}

static const char *
day(int days)
{
    char z[16];
    struct str s = { z, date_print(date_add(today(), days), z) };
    return str_z(&k->arena, s);
}

/* Something valid for every field that asks for a value. */
static void
sample(struct buf *b, const struct field *f, const struct ledger *l)
{
    size_t n;
    const struct choice *all = field_choices(f, &n);
    putf(b, "&%s=", f->name);
    for (size_t i = 0; f->kind == F_MULTI && i < n; i++) putf(b, "%s%s", i ? "&mode=" : "", all[i].code);
    if (f->kind == F_SINGLE) put_raw(b, str_of(all[0].code));
    if (f->kind == F_STAFF) putf(b, "%lld", (long long)(strcmp(f->name, "staff") == 0 ? mine.v : tutor.v));
    if (f->kind == F_UNIT) putf(b, "%lld", (long long)k->station_a.v);
    if (f->kind == F_DATE) put_raw(b, str_of(strcmp(f->name, "until") == 0 ? day(60) : day(-1)));
    if (f->kind == F_INT) putf(b, "%d", strcmp(f->name, "amount_2") == 0 ? 2 : 5);
    if (f->kind == F_MONEY) LIT(b, "4200.50");
    if (f->kind == F_TEXT && strcmp(f->label, "服务编码") == 0) LIT(b, "1.2");
    else if (f->kind == F_TEXT) put_raw(b, f->check != NULL ? STR("13900000000") : kit_enc(k, l->code));
    if (f->kind == F_LONG) put_raw(b, kit_enc(k, "<b>说明"));
}

static const char *
samples(const struct ledger *l)
{
    struct buf b = { .arena = &k->arena };
    LIT(&b, "version=1");
    for (size_t i = 1; i < l->form.n; i++) sample(&b, &l->form.fields[i], l);
    put(&b, "", 1);
    return b.p;
}

static int64_t
entries(const char *where)
{
    return kit_number(k, str_fmt(&k->arena, "SELECT count(*) FROM entry WHERE %s", where).p);
}

static const char *
path(const char *fmt, const char *code, int64_t id)
{
    return str_fmt(&k->arena, fmt, code, (long long)id).p;
}

static void
round_trip(const struct ledger *l)
{
    if (l->elsewhere) {
        assert_int_equal(kit_post(k, "head_a", path("/ledgers/%s/new", l->code, 0), samples(l)).status, HTTP_NOT_FOUND);
        return;
    }
    const char *page = path("/ledgers/%s", l->code, 0);
    struct kit_reply r = kit_post(k, "head_a", path("/ledgers/%s/new", l->code, 0), samples(l));
    if (r.status != HTTP_SEE_OTHER)
        fail_msg("%s: %d %s\n%.3000s", l->code, (int)r.status, samples(l), str_z(&k->arena, r.body));
    int64_t id = kit_id_in(r.location, path("/ledgers/%s/", l->code, 0));
    assert_true(kit_has(kit_get(k, "head_a", page), path("/ledgers/%s/%lld", l->code, id)));
    r = kit_get(k, "head_a", path("/ledgers/%s/%lld", l->code, id));
    assert_int_equal(r.status, HTTP_OK);
    assert_false(kit_has(r, "<b>说明"));
    assert_int_equal(kit_given(k, "head_a", path("/ledgers/%s/export", l->code, 0)).status, HTTP_OK);
    assert_int_equal(kit_get(k, "head_a", path("/ledgers/%s/%lld/edit", l->code, id)).status, HTTP_OK);
    assert_int_equal(kit_post(k, "head_a", path("/ledgers/%s/%lld/edit", l->code, id), samples(l)).status,
                     HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "head_a", path("/ledgers/%s/%lld/edit", l->code, id), samples(l)).status,
                     HTTP_INVALID); /* saved in between */
    assert_int_equal(kit_get(k, "head_b", path("/ledgers/%s/%lld", l->code, id)).status, HTTP_NOT_FOUND);
    assert_int_equal(
        kit_get(k, "head_a", path("/ledgers/%s/%lld", strcmp(l->code, "exam") ? "exam" : "course", id)).status,
        HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_b", path("/ledgers/%s/%lld/void", l->code, id), "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_a", path("/ledgers/%s/%lld/void", l->code, id), "").status, HTTP_SEE_OTHER);
    assert_false(kit_has(kit_get(k, "head_a", page), path("/ledgers/%s/%lld", l->code, id)));
    assert_int_equal(kit_post(k, "head_a", path("/ledgers/%s/%lld/edit", l->code, id), samples(l)).status,
                     HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_a", path("/ledgers/%s/%lld/restore", l->code, id), "").status, HTTP_SEE_OTHER);
    assert_int_equal(entries(str_fmt(&k->arena, "id = %lld AND void_on IS NULL AND version = 4", (long long)id).p), 1);
    assert_int_equal(
        kit_number(k, str_fmt(&k->arena, "SELECT count(*) FROM audit WHERE entity = 'entry' AND action <> 'read' AND entity_id = %lld",
                              (long long)id)
                          .p),
        4);
    assert_int_equal(kit_post(k, "head_a", path("/ledgers/%s/%lld/void", l->code, id), "").status, HTTP_SEE_OTHER);
}

static void
every_ledger_takes_shows_changes_and_strikes_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < staff_ledgers_n; i++) round_trip(&staff_ledgers[i]);
    for (size_t i = 0; i < unit_ledgers_n; i++) round_trip(&unit_ledgers[i]);
    for (size_t i = 0; i < network_ledgers_n; i++) round_trip(&network_ledgers[i]);
    struct kit_reply r = kit_get(k, "head_a", "/ledgers");
    for (size_t i = 0; i < staff_ledgers_n; i++) assert_true(kit_has(r, staff_ledgers[i].title));
    for (size_t i = 0; i < unit_ledgers_n; i++) assert_true(kit_has(r, unit_ledgers[i].title));
    for (size_t i = 0; i < network_ledgers_n; i++) assert_true(kit_has(r, network_ledgers[i].title));
    assert_int_equal(kit_get(k, "head_a", "/ledgers/nothing").status, HTTP_NOT_FOUND);
}

static int64_t
added(const char *login, const char *code, const char *params)
{
    struct kit_reply r = kit_post(k, login, path("/ledgers/%s/new", code, 0), params);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d\n%.3000s", code, (int)r.status, str_z(&k->arena, r.body));
    return kit_id_in(r.location, path("/ledgers/%s/", code, 0));
}

static enum http
answer(const char *login, const char *code, const char *params)
{
    return kit_post(k, login, path("/ledgers/%s/new", code, 0), params).status;
}

static const char *
of(struct staff_id staff, const char *rest)
{
    return str_fmt(&k->arena, "version=0&staff=%lld&%s", (long long)staff.v, rest).p;
}

static const char *
of_unit(struct unit_id unit, const char *rest)
{
    return str_fmt(&k->arena, "version=0&unit=%lld&%s", (long long)unit.v, rest).p;
}

/* A worker writes his own hours, and nothing about others; what is closed is seen by him and by who manages staff. */
static void
rights_are_those_of_the_ledger(void **state)
{
    (void)state;
    const char *hours = str_fmt(&k->arena, "on=%s&kind=practice&amount=60", day(-1)).p;
    added("worker_a", "timesheet", of(mine, hours));
    int64_t before = entries("ledger = 'timesheet'");
    kit_begin(k);
    struct staff_id colleague = someone(k->station_a, "同事");
    kit_commit(k);
    assert_int_equal(answer("worker_a", "timesheet", of(colleague, hours)), HTTP_INVALID);
    assert_int_equal(answer("head_a", "timesheet", of(his, hours)), HTTP_INVALID); /* of another station */
    assert_int_equal(answer("bureau", "timesheet", of(mine, hours)), HTTP_FORBIDDEN);
    assert_int_equal(entries("ledger = 'timesheet'"), before);
    const char *check = str_fmt(&k->arena, "kind=record&on=%s&party=%s&state=clear", day(-1), kit_enc(k, "派出所").p).p;
    assert_int_equal(answer("worker_a", "background", of(mine, check)), HTTP_NOT_FOUND);
    int64_t a = added("head_a", "background", of(mine, check)), b = added("head_a", "background", of(colleague, check));
    assert_int_equal(kit_get(k, "worker_a", path("/ledgers/%s/%lld", "background", a)).status, HTTP_OK);
    assert_int_equal(kit_get(k, "worker_a", path("/ledgers/%s/%lld", "background", b)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_a2", path("/ledgers/%s/%lld", "background", a)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "bureau", "/ledgers/background").status, HTTP_NOT_FOUND);
    struct kit_reply r = kit_get(k, "worker_a", "/ledgers/background");
    assert_true(kit_has(r, path("/ledgers/%s/%lld", "background", a)));
    assert_false(kit_has(r, path("/ledgers/%s/%lld", "background", b)));
    int64_t reads = kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'staff'");
    kit_get(k, "head_a", path("/ledgers/%s/%lld", "background", a));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'staff'"), reads + 1);
    kit_get(k, "worker_a", path("/ledgers/%s/%lld", "background", a));          /* his own */
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'staff'"), reads + 1);
    assert_int_equal(answer("worker_a", "policy", of_unit(k->station_a, "title=x&party=x&on=2026-01-01")),
                     HTTP_NOT_FOUND);
    added("worker_a", "partner", of_unit(k->station_a, "title=x&kind=school&on=2026-01-01"));
}

/* covers: MZT-18, GZ-18, OR-06, OR-19
 * A revision is a new version; the old one stays to be read, and what is due for review is listed. */
static void
institutions_have_versions_and_reviews(void **state)
{
    (void)state;
    const char *first = str_fmt(&k->arena, "title=%s&kind=service&number=1.0&on=2024-01-01&until=%s&body=%s",
                                kit_enc(k, "基层社工站服务指引").p, day(-10), kit_enc(k, "第一版正文").p)
                            .p;
    int64_t old = added("county", "institution", of_unit(k->county, first));
    const char *page = path("/ledgers/%s/%lld", "institution", old);
    assert_true(kit_has(kit_get(k, "county", "/ledgers/institution?show=late"), page));
    struct kit_reply r =
        kit_post(k, "county", path("/ledgers/%s/%lld/revise", "institution", old),
                 of_unit(k->county, str_fmt(&k->arena, "title=%s&kind=service&number=2.0&on=2026-01-01&until=%s",
                                            kit_enc(k, "基层社工站服务指引").p, day(300))
                                        .p));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    int64_t new = kit_id_in(r.location, "/ledgers/institution/");
    assert_true(kit_has(kit_get(k, "county", page), "第一版正文"));
    assert_true(kit_has(kit_get(k, "county", page), "旧版本"));
    assert_false(kit_has(kit_get(k, "county", "/ledgers/institution?show=late"), page));
    assert_false(kit_has(kit_get(k, "county", "/ledgers/institution"), page));
    assert_true(kit_has(kit_get(k, "county", "/ledgers/institution?show=all"), page));
    assert_int_equal(kit_get(k, "county", path("/ledgers/%s/%lld/revise", "institution", old)).status,
                     HTTP_NOT_FOUND); /* revised already */
    /* what the county adopted is read in the station, and not changed there */
    const char *newest = path("/ledgers/%s/%lld", "institution", new);
    assert_true(kit_has(kit_get(k, "worker_a", "/ledgers/institution"), newest));
    assert_int_equal(kit_get(k, "worker_a", newest).status, HTTP_OK);
    assert_int_equal(kit_post(k, "head_a", str_fmt(&k->arena, "%s/void", newest).p, "").status, HTTP_NOT_FOUND);
}

/* covers: MZT-02, JL-01, JL-42, GX-06, NH-02
 * Standards with all that issued them; policies with issuers and basis. */
static void
standards_and_policies_name_their_issuers(void **state)
{
    (void)state;
    int64_t id =
        added("county", "standard",
              of_unit(k->county, str_fmt(&k->arena, "number=%s&title=%s&kind=industry&party=%s&mode=397&on=2016-10-01",
                                         kit_enc(k, "MZ/T 071-2016").p, kit_enc(k, "社区社会工作服务指南").p,
                                         kit_enc(k, "社会工作司、基层政权和社区建设司").p)
                                     .p));
    struct kit_reply r = kit_get(k, "county", path("/ledgers/%s/%lld", "standard", id));
    assert_true(kit_has(r, "社会工作司、基层政权和社区建设司"));
    assert_true(kit_has(r, "推荐性行业标准"));
    id = added(
        "county", "policy",
        of_unit(k->county, str_fmt(&k->arena, "title=%s&party=%s&mode=%s&on=2016-07-05", kit_enc(k, "指导意见").p,
                                   kit_enc(k, "省民政厅、省委组织部、省财政厅").p, kit_enc(k, "民发〔2013〕178号").p)
                               .p));
    r = kit_get(k, "worker_a", path("/ledgers/%s/%lld", "policy", id));
    assert_true(kit_has(r, "省民政厅、省委组织部、省财政厅"));
    assert_true(kit_has(r, "民发〔2013〕178号"));
    for (int i = 0; i < 5; i++) added("county", "policy", of_unit(k->county, "title=x&party=x&on=2026-01-01"));
    assert_true(kit_has(kit_get(k, "county", "/ledgers/policy"), "1–6 / 6"));
}

/* covers: MZT-31, NH-01, NH-16, NH-17, CD-14
 * Partners with agreements that end within 30 days; bodies, facilities; who has not signed his responsibility. */
static void
partners_bodies_facilities_and_duties(void **state)
{
    (void)state;
    int64_t soon = added("head_a", "partner",
                         of_unit(k->station_a, str_fmt(&k->arena, "title=%s&kind=property&on=2025-01-01&until=%s",
                                                       kit_enc(k, "某物业公司").p, day(30))
                                                   .p));
    int64_t later = added(
        "head_a", "partner",
        of_unit(
            k->station_a,
            str_fmt(&k->arena, "title=%s&kind=hospital&on=2025-01-01&until=%s", kit_enc(k, "某医院").p, day(31)).p));
    struct kit_reply r = kit_get(k, "head_a", "/ledgers/partner?show=soon");
    assert_true(kit_has(r, path("/ledgers/%s/%lld", "partner", soon)));
    assert_false(kit_has(r, path("/ledgers/%s/%lld", "partner", later)));
    assert_true(
        kit_has(kit_get(k, "head_a", "/ledgers/partner?kind=hospital"), path("/ledgers/%s/%lld", "partner", later)));
    added("county", "body",
          of_unit(k->county, str_fmt(&k->arena, "title=%s&kind=leading&party=%s&mode=%s&on=2021-01-01",
                                     kit_enc(k, "社工站建设领导小组").p, kit_enc(k, "某某").p, kit_enc(k, "县长").p)
                                 .p));
    assert_true(kit_has(kit_get(k, "head_a", "/ledgers/body"), "社工站建设领导小组"));
    added("head_a", "facility", of_unit(k->station_a, "title=x&kind=home&on=2021-01-01"));
    assert_true(kit_has(kit_get(k, "head_a", "/ledgers/facility?kind=home"), "敬老院"));
    int64_t unsigned_ =
        added("county", "duty",
              of_unit(k->station_a, str_fmt(&k->arena, "kind=head&party=x&title=x&on=2026-01-01&until=%s", day(-1)).p));
    int64_t signed_ = added(
        "county", "duty",
        of_unit(k->station_b,
                str_fmt(&k->arena, "kind=agency&party=x&title=x&on=2026-01-01&until=%s&done=%s", day(-1), day(-2)).p));
    r = kit_get(k, "county", "/ledgers/duty?show=late");
    assert_true(kit_has(r, path("/ledgers/%s/%lld", "duty", unsigned_)));
    assert_false(kit_has(r, path("/ledgers/%s/%lld", "duty", signed_)));
}

/* covers: HNG-22, JLP-05
 * Three colours of a filing: done in time, running, overdue or done late. */
static void
filings_have_three_colours(void **state)
{
    (void)state;
    const struct {
        int until;
        const char *done;
        const char *word, *badge;
    } cases[] = {
        { 3, NULL, "还有 3 天", "bg-yellow-lt" }, { 0, NULL, "还有 0 天", "bg-yellow-lt" },
        { -1, NULL, "逾期 1 天", "bg-red-lt" },   { -2, day(-2), "按期", "bg-green-lt" },
        { -2, day(-1), "晚 1 天", "bg-red-lt" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t id = added("head_a", "filing",
                           of_unit(k->station_a, str_fmt(&k->arena, "kind=self&title=x&on=%s&until=%s&done=%s", day(-9),
                                                         day(cases[i].until), cases[i].done ? cases[i].done : "")
                                                     .p));
        struct kit_reply r = kit_get(k, "head_a", path("/ledgers/%s/%lld", "filing", id));
        if (!kit_has(r, cases[i].word) || !kit_has(r, cases[i].badge)) fail_msg("case %zu: %s", i, cases[i].word);
    }
    struct kit_reply open = kit_get(k, "head_a", "/ledgers/filing?show=late");
    assert_true(kit_has(open, "未备案 · 逾期 1 天"));
    assert_true(kit_has(open, "居民自组织备案"));
    assert_int_equal(
        answer("head_a", "filing",
               of_unit(k->station_a, str_fmt(&k->arena, "kind=self&title=x&on=%s&until=%s", day(-2), day(-3)).p)),
        HTTP_INVALID);
}

/* covers: MZT-45
 * A complaint goes through five states one by one; the risk register and the sessions are ledgers of their own. */
static void
a_complaint_goes_step_by_step(void **state)
{
    static const char *const states[] = { "received", "acknowledged", "handled", "answered", "closed" };
    (void)state;
    const char *rest = str_fmt(&k->arena, "title=x&on=%s&until=%s&other=%lld", day(-20), day(-5), (long long)mine.v).p;
    assert_int_equal(
        answer("head_a", "complaint", of_unit(k->station_a, str_fmt(&k->arena, "%s&state=handled", rest).p)),
        HTTP_INVALID);
    int64_t id = added("head_a", "complaint", of_unit(k->station_a, str_fmt(&k->arena, "%s&state=received", rest).p));
    const char *edit = path("/ledgers/%s/%lld/edit", "complaint", id);
    assert_true(
        kit_has(kit_get(k, "head_a", "/ledgers/complaint?show=late"), path("/ledgers/%s/%lld", "complaint", id)));
    assert_int_equal(
        kit_post(k, "head_a", edit,
                 str_fmt(&k->arena, "unit=%lld&version=1&%s&state=handled", (long long)k->station_a.v, rest).p)
            .status,
        HTTP_INVALID);
    for (int i = 1; i < 5; i++) {
        const char *in = str_fmt(&k->arena, "unit=%lld&version=%d&%s&state=%s%s%s", (long long)k->station_a.v, i, rest,
                                 states[i], i == 4 ? "&done=" : "", i == 4 ? day(-1) : "")
                             .p;
        if (i == 4) /* closing without the day of the answer */
            assert_int_equal(
                kit_post(
                    k, "head_a", edit,
                    str_fmt(&k->arena, "unit=%lld&version=%d&%s&state=closed", (long long)k->station_a.v, i, rest).p)
                    .status,
                HTTP_INVALID);
        assert_int_equal(kit_post(k, "head_a", edit, in).status, HTTP_SEE_OTHER);
    }
    assert_int_equal(
        kit_post(k, "head_a", edit,
                 str_fmt(&k->arena, "unit=%lld&version=5&%s&state=answered", (long long)k->station_a.v, rest).p)
            .status,
        HTTP_INVALID);
    assert_false(
        kit_has(kit_get(k, "head_a", "/ledgers/complaint?show=late"), path("/ledgers/%s/%lld", "complaint", id)));
}

/* covers: JL-05, JL-06, JL-07
 * Filters by kind: trainings by subject, offices held, delegates and deputies by year. */
static void
staff_ledgers_are_filtered_by_kind(void **state)
{
    (void)state;
    int64_t deputy = added("head_a", "honour", of(mine, str_fmt(&k->arena, "kind=people&title=x&on=%s", day(-1)).p));
    int64_t award = added("head_a", "honour", of(mine, str_fmt(&k->arena, "kind=award&title=x&on=%s", day(-1)).p));
    struct kit_reply r = kit_get(k, "head_a", "/ledgers/honour?kind=people");
    assert_true(kit_has(r, path("/ledgers/%s/%lld", "honour", deputy)));
    assert_false(kit_has(r, path("/ledgers/%s/%lld", "honour", award)));
    const char *year = str_fmt(&k->arena, "/ledgers/honour?kind=people&year=%d", date_ymd(date_add(today(), -1)).y).p;
    assert_true(kit_has(kit_get(k, "head_a", year), "1–1 / 1"));
    assert_true(kit_has(kit_get(k, "head_a", "/ledgers/honour?kind=people&year=1999"), "0–0 / 0"));
    int64_t office =
        added("head_a", "office", of(mine, str_fmt(&k->arena, "kind=owners&party=x&title=x&on=%s", day(-1)).p));
    assert_true(
        kit_has(kit_get(k, "head_a", "/ledgers/office?kind=owners"), path("/ledgers/%s/%lld", "office", office)));
    int64_t sent =
        added("head_a", "training",
              of(mine, str_fmt(&k->arena, "kind=methods&mode=sent&title=x&party=x&amount=8&on=%s", day(-1)).p));
    assert_true(kit_has(kit_get(k, "head_a", path("/ledgers/%s/%lld", "training", sent)), "选派学习"));
    assert_int_equal(answer("head_a", "training",
                            of(mine, str_fmt(&k->arena, "kind=methods&title=x&party=x&amount=8&on=%s", day(1)).p)),
                     HTTP_INVALID);
    assert_int_equal(answer("head_a", "exam", of(mine, str_fmt(&k->arena, "kind=1&state=passed&on=%s", day(1)).p)),
                     HTTP_INVALID);
}

/* covers: GZ-06
 * A session says what was reviewed and is signed by both; sessions are found by pair. */
static void
sessions_are_signed_and_found_by_pair(void **state)
{
    (void)state;
    const char *in = str_fmt(&k->arena, "other=%lld&kind=single&title=%s&on=%s&number=a", (long long)tutor.v,
                             kit_enc(k, "检视计划").p, day(-1))
                         .p;
    assert_int_equal(answer("head_a", "session", of(mine, in)), HTTP_INVALID); /* signed by one */
    int64_t id =
        added("head_a", "session", of(mine, str_fmt(&k->arena, "%s&state=b&body=%s", in, kit_enc(k, "传授").p).p));
    const char *pair =
        str_fmt(&k->arena, "/ledgers/session?staff=%lld&q=%s", (long long)mine.v, kit_enc(k, "督导").p).p;
    assert_true(kit_has(kit_get(k, "head_a", pair), path("/ledgers/%s/%lld", "session", id)));
    assert_true(kit_has(kit_get(k, "head_a", str_fmt(&k->arena, "/ledgers/session?staff=%lld", (long long)his.v).p),
                        "0–0 / 0"));
    struct kit_reply r = kit_get(k, "worker_a", path("/ledgers/%s/%lld", "session", id));
    assert_true(kit_has(r, "检视计划"));
    assert_true(kit_has(r, "传授"));
    assert_int_equal(
        answer("head_a", "supervision", of(mine, str_fmt(&k->arena, "other=%lld&on=%s", (long long)mine.v, day(-1)).p)),
        HTTP_INVALID); /* himself */
}

/* covers: JN-10
 * The pool of supervision experts, with the end of each appointment. */
static void
experts_have_a_term(void **state)
{
    (void)state;
    for (int i = 0; i < 23; i++)
        added("county", "partner",
              of_unit(k->county, str_fmt(&k->arena, "title=%s%d&kind=expert&on=2025-01-01&until=%s&body=%s",
                                         kit_enc(k, "教授").p, i, day(i < 2 ? 20 : 200), kit_enc(k, "老年社会工作").p)
                                     .p));
    assert_true(kit_has(kit_get(k, "county", "/ledgers/partner?kind=expert"), "1–23 / 23"));
    assert_true(kit_has(kit_get(k, "county", "/ledgers/partner?kind=expert&show=soon"), "1–2 / 2"));
}

/* covers: HNG-08
 * One pay for one level of a post. */
static void
two_pays_for_one_level_are_refused(void **state)
{
    (void)state;
    int64_t id = added("county", "pay_table", of_unit(k->county, "title=x&amount=3&money=4000&on=2026-01-01"));
    assert_int_equal(answer("county", "pay_table", of_unit(k->county, "title=x&amount=3&money=4100&on=2026-01-01")),
                     HTTP_INVALID);
    added("county", "pay_table", of_unit(k->county, "title=x&amount=4&money=4100&on=2026-01-01"));
    assert_int_equal(
        kit_post(
            k, "county", path("/ledgers/%s/%lld/edit", "pay_table", id),
            str_fmt(&k->arena, "version=1&unit=%lld&title=x&amount=4&money=1&on=2026-01-01", (long long)k->county.v).p)
            .status,
        HTTP_INVALID);
    assert_int_equal(entries("ledger = 'pay_table' AND amount = 4 AND void_on IS NULL"), 1);
}

static const char *
of_staff(struct staff_id staff, struct staff_id other, const char *rest)
{
    return str_fmt(&k->arena, "version=0&staff=%lld&other=%lld&on=%s&%s", (long long)staff.v, (long long)other.v, day(-1), rest).p;
}

/* covers: GZ-32, GZ-33
 * Goods go through two hands, and through none of somebody who declared to be near the household. */
static void
gz_32_33_two_hands_and_neither_of_the_family(void **state)
{
    (void)state;
    const char *goods = str_fmt(&k->arena, "title=%s&amount=2&number=H-9", kit_enc(k, "大米").p).p;
    assert_int_equal(answer("worker_a", "handout", of_staff(mine, (struct staff_id){ 0 }, goods)), HTTP_INVALID);
    struct kit_reply r = kit_post(k, "worker_a", "/ledgers/handout/new", of_staff(mine, mine, goods));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "另一个人") && kit_has(r, "大米"));
    assert_int_equal(answer("worker_a", "handout", of_staff(mine, tutor, "title=x&amount=2&number=H-0")), HTTP_INVALID);
    added("worker_a", "handout", of_staff(mine, tutor, goods));
    int64_t declared = added("worker_a", "avoidance", of_staff(mine, (struct staff_id){ 0 }, "number=H-9&kind=kin"));
    r = kit_post(k, "worker_a", "/ledgers/handout/new", of_staff(mine, tutor, goods));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "须回避"));
    assert_int_equal(answer("head_a", "handout", of_staff(tutor, mine, goods)), HTTP_INVALID);
    assert_int_equal(answer("head_a", "handout", of_staff(tutor, mine, "title=x&number=handout")), HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "worker_a2", path("/ledgers/%s/%lld", "avoidance", declared)).status, HTTP_NOT_FOUND);
    assert_int_equal(entries("ledger = 'handout' AND number = 'H-9' AND void_on IS NULL"), 1);
    assert_int_equal(answer("worker_a", "gift", of_staff(mine, mine, str_fmt(&k->arena, "title=x&party=x&kind=refused").p)), HTTP_INVALID);
    added("worker_a", "gift", of_staff(mine, tutor, "title=x&party=x&kind=refused"));
}

/* covers: GZ-28
 * A breach has its term from the data, ends when what is due was done, and is read by those who are responsible. */
static void
a_breach_has_a_term_and_duties(void **state)
{
    (void)state;
    assert_true(kit_has(kit_get(k, "head_a", "/ledgers/breach/new"), day(3)));          /* 72 hours, data/codes/breach_duty.json */
    const char *what = str_fmt(&k->arena, "title=%s&kind=lost&on=%s&until=%s&number=x&amount=3&body=x", kit_enc(k, "笔记本丢失").p, day(-5), day(-2)).p;
    int64_t id = added("head_a", "breach", of_unit(k->station_a, what));
    assert_true(kit_has(kit_get(k, "head_a", path("/ledgers/%s/%lld", "breach", id)), "逾期 2 天"));
    assert_int_equal(answer("head_a", "breach", of_unit(k->station_a, str_fmt(&k->arena, "%s&done=%s&mode=remedy", what, day(0)).p)), HTTP_INVALID);
    added("head_a", "breach", of_unit(k->station_a, str_fmt(&k->arena, "%s&done=%s&mode=remedy&mode=authority", what, day(0)).p));
    assert_int_equal(answer("worker_a", "breach", of_unit(k->station_a, what)), HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_a", path("/ledgers/%s/%lld", "breach", id)).status, HTTP_NOT_FOUND);
    assert_false(kit_has(kit_get(k, "worker_a", "/ledgers/breach"), "笔记本丢失"));
    assert_false(kit_has(kit_get(k, "bureau", "/ledgers/breach"), "笔记本丢失"));
    assert_true(kit_has(kit_get(k, "head_a", "/ledgers/breach"), "笔记本丢失"));
    assert_int_equal(kit_number(k, str_fmt(&k->arena, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'entry' AND entity_id = %lld",
                                           (long long)id).p) > 0, 1);
    added("head_a", "impact", of_unit(k->station_a, str_fmt(&k->arena, "title=x&kind=sensitive&on=%s&until=%s&party=x&state=fit&body=x", day(-400),
                                                            day(-1)).p));
    assert_true(kit_has(kit_get(k, "head_a", "/ledgers/impact?show=late"), "过期 1 天"));
}

static int
set_up(void **state)
{
    (void)state;
    k = kit_open();
    kit_begin(k);
    mine = someone(k->station_a, "社工甲");
    his = someone(k->station_b, "社工乙");
    tutor = someone(k->station_a, "督导");
    struct household_id home;
    static const char *const homes[] = { "handout", "avoidance", "H-9" };
    for (size_t i = 0; i < COUNT(homes); i++)
        assert_true(household_make(k->db, AREA, k->station_a, str_of(homes[i]), NO_STR, NO_STR, today(), &home));
    db_exec(k->db,
            str_fmt(&k->arena, "UPDATE account SET staff_id = %lld WHERE login = 'worker_a'", (long long)mine.v).p);
    kit_commit(k);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_ledger_takes_shows_changes_and_strikes_out),
        cmocka_unit_test(rights_are_those_of_the_ledger),
        cmocka_unit_test(institutions_have_versions_and_reviews),
        cmocka_unit_test(standards_and_policies_name_their_issuers),
        cmocka_unit_test(partners_bodies_facilities_and_duties),
        cmocka_unit_test(filings_have_three_colours),
        cmocka_unit_test(a_complaint_goes_step_by_step),
        cmocka_unit_test(staff_ledgers_are_filtered_by_kind),
        cmocka_unit_test(sessions_are_signed_and_found_by_pair),
        cmocka_unit_test(experts_have_a_term),
        cmocka_unit_test(two_pays_for_one_level_are_refused),
        cmocka_unit_test(gz_32_33_two_hands_and_neither_of_the_family),
        cmocka_unit_test(a_breach_has_a_term_and_duties),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
