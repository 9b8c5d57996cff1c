/* Money and goods that people received beside services (SA-02): on the page of a person and of a household beside the services, as a
 * list of the units, and as figures without names for the level above. */
#include "audit/audit.h"
#include "auth/session.h"
#include "people/aid_html.h"
#include "people/aid_views.h"
#include "people/member_sql.h"
#include "people/person.h"
#include "tally/tally.h"

struct aid { struct str kind, purpose, what, measure, source, giver, receiver, note; int64_t quantity; struct money money; struct date on; };
static const struct field aid_fields[] = {
    FIELD_CODE(struct aid, kind, "aid_kind", "种类", .required = true),
    FIELD_CODE(struct aid, purpose, "resource_kind", "用途", .required = true),
    FIELD_TEXT(struct aid, what, "名称", .required = true, .max = 120, .help = "例如：临时救助金、大米。"),
    FIELD_INT(struct aid, quantity, "数量", .min = 1, .max = 1000000),
    FIELD_TEXT(struct aid, measure, "计量单位", .max = 20, .help = "例如：袋、张。"),
    FIELD_MONEY(struct aid, money, "金额或折价", .unit = "元"),
    FIELD_CODE(struct aid, source, "resource_source", "来源", .required = true),
    FIELD_TEXT(struct aid, giver, "提供方", .max = 120),
    FIELD_DATE(struct aid, on, "领取日期", .required = true, .check = "past"),
    FIELD_TEXT(struct aid, receiver, "领取人", .required = true, .max = 60),
    FIELD_TEXT(struct aid, note, "说明", .max = 300),
};

static bool
aid_check(struct rq *rq, void *form)
{
    const struct aid *in = form;
    bool money = in->money.fen != NO_MONEY.fen;
    if (str_is(in->kind, "cash") && !money) rq_invalid(rq, "money", T("请填写金额。"));
    if (money && in->money.fen <= 0) rq_invalid(rq, "money", T("金额须大于零。"));
    if (!str_is(in->kind, "cash") && in->quantity == NO_INT) rq_invalid(rq, "quantity", T("请填写数量。"));
    return rq->errors == NULL;
}
static const struct form aid_form = FORM_CHECKED(struct aid, aid_fields, aid_check);

struct str
aid_quantity(struct arena *a, int64_t quantity, struct str measure)
{
    return quantity == NO_INT ? NO_STR : str_fmt(a, "%lld %.*s", (long long)quantity, FMT(measure));
}

/* ---- Writing ---- */

static void
count(struct rq *rq, int64_t area, struct unit_id unit, struct date on, int64_t times, int64_t fen)
{
    tally_add(rq->db, area, unit, on, "aid", times);
    tally_add(rq->db, area, unit, on, "aid.fen", fen);
}

static void
keep(struct rq *rq, int64_t area, struct unit_id unit, struct person_id person, struct household_id household)
{
    const struct aid *in = rq->form;
    int64_t fen = in->money.fen == NO_MONEY.fen ? 0 : in->money.fen;
    struct aid_id id = { id_next(area) };
    aid_insert(rq->db, .area = area, .id = id, .unit = unit, .person = person, .household = household, .kind = in->kind, .purpose = in->purpose,
               .what = in->what, .quantity = in->quantity, .measure = in->measure, .fen = fen ? fen : NO_INT, .source = in->source,
               .giver = in->giver, .on = in->on, .receiver = in->receiver, .note = in->note, .by = rq->who.user, .at = instant_now());
    count(rq, area, unit, in->on, 1, fen);
    audit_note(rq, area, "create", "aid", id.v, NULL, in->what);
}

static bool
may_write(struct rq *rq, struct person_id person, struct person_head *h)
{
    return person_head(rq->db, person, h) && person_access(rq, 2, person_relation(rq, person), h->born) == ACCESS_WRITE;
}

static enum http
add_to_person(struct rq *rq)
{
    struct person_id person = { rq->ids[0] };
    struct person_head h;
    if (!may_write(rq, person, &h)) return HTTP_FORBIDDEN;
    keep(rq, h.area, h.unit, person, (struct household_id){ 0 });
    return rq_done(rq, T("已登记"), "/people/%lld/aid", (long long)person.v);
}

static enum http
add_to_household(struct rq *rq)
{
    struct household_id id = { rq->ids[0] };
    struct aid_household_unit_row h;
    int64_t area = id_area(id.v);
    const struct relation own = { .own = may(rq, PEOPLE_WRITE) };
    if (!aid_household_unit(rq->db, &h, area, id)) return HTTP_NOT_FOUND;
    if (access_to(rq, 2, own) != ACCESS_WRITE) return HTTP_FORBIDDEN;
    if (date_known(h.closed)) return rq_fail(rq, HTTP_CONFLICT, T("该户的档案已关闭。"));
    keep(rq, area, h.unit, (struct person_id){ 0 }, id);
    return rq_done(rq, T("已登记"), "/households/%lld/aid", (long long)id.v);
}

/* The row that a path names, of that person or of that household. */
static bool
row_of(struct rq *rq, bool house, struct aid_get_row *row)
{
    if (!aid_get(rq->db, row, id_area(rq->ids[0]), (struct aid_id){ rq->ids[1] })) return false;
    return house ? row->household.v == rq->ids[0] : row->person.v == rq->ids[0];
}

struct voiding { struct str why; };
static const struct field void_fields[] = { FIELD_TEXT(struct voiding, why, "作废原因", .required = true, .max = 200) };
static const struct form void_form = FORM(struct voiding, void_fields);

static enum http
take_back(struct rq *rq, bool house, bool again)
{
    struct aid_get_row row;
    struct person_head h;
    const struct relation own = { .own = may(rq, PEOPLE_WRITE) };
    const struct aid_id id = { rq->ids[1] };
    int64_t area = id_area(rq->ids[0]);
    const char *page = house ? "households" : "people";
    if (!row_of(rq, house, &row)) return HTTP_NOT_FOUND;
    if (house ? access_to(rq, 2, own) != ACCESS_WRITE : !may_write(rq, row.person, &h)) return HTTP_FORBIDDEN;
    if (again) {
        if (!audit_recent(rq, "void", "aid", id.v) || aid_unvoid(rq->db, area, id) == 0)
            return rq_fail(rq, HTTP_CONFLICT, T("已不能撤销，请重新登记。"));
        count(rq, area, row.unit, row.on, 1, row.fen);
        audit_note(rq, area, "undo_void", "aid", id.v, NULL, NO_STR);
        return rq_done(rq, T("已撤销"), "/%s/%lld/aid", page, (long long)rq->ids[0]);
    }
    const struct voiding *in = rq->form;
    if (aid_void(rq->db, area, id, today(), in->why) == 0) return rq_fail(rq, HTTP_CONFLICT, T("当前状态不能进行此操作。"));
    count(rq, area, row.unit, row.on, -1, -row.fen);
    audit_note(rq, area, "void", "aid", id.v, NULL, in->why);
    return rq_done_undo(rq, T("已作废"), str_fmt(rq->arena, "/%s/%lld/aid/%lld/again", page, (long long)rq->ids[0], (long long)id.v), "/%s/%lld/aid",
                        page, (long long)rq->ids[0]);
}

static enum http void_of_person(struct rq *rq) { return take_back(rq, false, false); }
static enum http again_of_person(struct rq *rq) { return take_back(rq, false, true); }
static enum http void_of_household(struct rq *rq) { return take_back(rq, true, false); }
static enum http again_of_household(struct rq *rq) { return take_back(rq, true, true); }

/* ---- Two tracks on one axis ---- */

static int
newest_first(const void *a, const void *b)
{
    const struct aid_entry *x = a, *y = b;
    return (x->on.days < y->on.days) - (x->on.days > y->on.days);
}

static void
put_aid(struct aid_track *t, const struct aid_of_person_row *row, struct str name, bool open)
{
    t->all[t->n++] = (struct aid_entry){ .on = row->on, .aid = row, .name = name, .open = open };
    if (date_known(row->voided)) return;
    t->times++;
    if (row->money.fen != NO_MONEY.fen) t->fen += row->money.fen;
}

static void
put_service(struct rq *rq, struct aid_track *t, const struct aid_services_row *row, struct str name)
{
    t->all[t->n++] = (struct aid_entry){ .on = row->on, .name = name, .service = codes_label(codes_table("record_kind"), row->kind, rq->lang),
                                         .link = url_fmt(rq->arena, "/cases/%lld", (long long)row->case_.v) };
    t->services++;
}

/* The values stand where the track lives: the caller's frame, until it is drawn. */
static struct aid
fresh(struct str receiver)
{
    return (struct aid){ .quantity = NO_INT, .money = NO_MONEY, .on = today(), .receiver = receiver };
}

static enum http
tab(struct rq *rq)
{
    struct person_page v;
    struct aid_of_person_row *rows;
    struct aid_services_row *services;
    if (!person_page_open(rq, "aid", &v)) return HTTP_NOT_FOUND;
    enum access how = person_access(rq, 2, v.rel, v.p.born);
    struct aid values = fresh(v.p.name);
    struct aid_track t = { .rq = rq, .shut = how < ACCESS_READ, .writes = v.writes && how == ACCESS_WRITE, .form = &aid_form,
                           .from = { .rq = rq, .values = &values }, .to = url_fmt(rq->arena, "/people/%lld/aid", (long long)v.id.v) };
    if (!t.shut) {
        size_t n = aid_of_person(rq->db, &rows, id_area(v.id.v), v.id);
        size_t m = may(rq, CASE_READ) ? aid_services(rq->db, &services, id_area(v.id.v), v.id, rq->who.user) : 0;
        t.all = NEW(rq->arena, struct aid_entry, n + m + 1);
        for (size_t i = 0; i < n; i++) put_aid(&t, &rows[i], NO_STR, t.writes);
        for (size_t i = 0; i < m; i++) put_service(rq, &t, &services[i], NO_STR);
        qsort(t.all, t.n, sizeof *t.all, newest_first);
    }
    struct buf b = person_tab_buf(rq);
    aid_tab(&b, &t);
    return person_page_done(rq, &v, &b);
}

static const struct member_related_row *
member_of(const struct rq *rq, const struct member_related_row *members, size_t n, struct person_id person)
{
    for (size_t i = 0; i < n; i++) {
        const struct member_related_row *m = &members[i];
        struct relation rel = person_relation_of(rq, m->level, m->born, m->mine, m->others, m->assigned, m->named);
        if (m->person.v == person.v) return m->inside && person_access(rq, m->level >= 4 ? 4 : 2, rel, m->born) >= ACCESS_READ ? m : NULL;
    }
    return NULL;
}

/* What is put on record: members whose data are S3 or above and stand on the page. */
static void
note_members(struct rq *rq, const struct member_related_row *members, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int age = date_age(members[i].born, today());
        bool shown = member_of(rq, members, n, members[i].person) != NULL;
        if (shown && (members[i].level >= 3 || (age >= 0 && age < 18))) rq_note_read(rq, "person", members[i].person.v, "aid");
    }
}

static enum http
house(struct rq *rq)
{
    struct household_id id = { rq->ids[0] };
    struct aid_household_unit_row h;
    struct member_related_row *members;
    struct aid_of_household_row *rows;
    struct aid_services_house_row *services;
    int64_t area = id_area(id.v);
    const struct relation own = { .own = may(rq, PEOPLE_WRITE) };
    if (!aid_household_unit(rq->db, &h, area, id)) return HTTP_NOT_FOUND;
    if (access_to(rq, 2, own) < ACCESS_READ) return HTTP_FORBIDDEN;
    struct aid values = fresh(NO_STR);
    struct aid_house_page v = { .id = id, .no = h.no };
    struct aid_track *t = &v.track;
    *t = (struct aid_track){ .rq = rq, .writes = may(rq, PEOPLE_WRITE) && access_to(rq, 2, own) == ACCESS_WRITE && !date_known(h.closed), .form = &aid_form,
                             .from = { .rq = rq, .values = &values }, .to = url_fmt(rq->arena, "/households/%lld/aid", (long long)id.v) };
    size_t members_n = member_related(rq->db, &members, area, id, rq->who.user, rq->who.unit), n = aid_of_household(rq->db, &rows, area, id);
    size_t m = may(rq, CASE_READ) ? aid_services_house(rq->db, &services, area, id, rq->who.user) : 0;
    t->all = NEW(rq->arena, struct aid_entry, n + m + 1);
    for (size_t i = 0; i < n; i++) {
        const struct member_related_row *who = member_of(rq, members, members_n, rows[i].person);
        const struct aid_of_household_row *r = &rows[i];
        struct aid_of_person_row *row = NEW(rq->arena, struct aid_of_person_row, 1);
        if (r->person.v && who == NULL) continue;
        *row = (struct aid_of_person_row){ r->id, r->person, r->kind, r->purpose, r->what, r->quantity, r->measure, r->money, r->source, r->giver,
                                           r->on, r->receiver, r->note, r->voided, r->why };
        put_aid(t, row, who ? who->name : str_of(tr(rq->lang, T("全家"))), t->writes && who == NULL);
    }
    for (size_t i = 0; i < m; i++) {
        const struct member_related_row *who = member_of(rq, members, members_n, services[i].person);
        const struct aid_services_row one = { services[i].person, services[i].on, services[i].kind, services[i].case_, services[i].no };
        if (who != NULL) put_service(rq, t, &one, who->name);
    }
    qsort(t->all, t->n, sizeof *t->all, newest_first);
    note_members(rq, members, members_n);
    rq->title = str_of(tr(rq->lang, T("钱物与服务")));
    aid_house_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route aid_routes[] = {
    GET("/people/:person/aid", PEOPLE_READ, tab, .scope = person_in_scope, .title = T("钱物与服务")),
    POST("/people/:person/aid", PEOPLE_WRITE, add_to_person, .scope = person_in_scope, .form = &aid_form, .redraw = tab, .title = T("登记钱物")),
    POST("/people/:person/aid/:aid/void", PEOPLE_WRITE, void_of_person, .scope = person_in_scope, .form = &void_form, .redraw = tab, .title = T("作废钱物登记")),
    POST("/people/:person/aid/:aid/again", PEOPLE_WRITE, again_of_person, .scope = person_in_scope, .form = &no_fields, .title = T("撤销作废")),
    GET("/households/:household/aid", PEOPLE_READ, house, .scope = household_in_scope, .title = T("钱物与服务")),
    POST("/households/:household/aid", PEOPLE_WRITE, add_to_household, .scope = household_in_scope, .form = &aid_form, .redraw = house, .title = T("登记钱物")),
    POST("/households/:household/aid/:aid/void", PEOPLE_WRITE, void_of_household, .scope = household_in_scope, .form = &void_form, .redraw = house,
         .title = T("作废钱物登记")),
    POST("/households/:household/aid/:aid/again", PEOPLE_WRITE, again_of_household, .scope = household_in_scope, .form = &no_fields, .title = T("撤销作废")),
};
const size_t aid_routes_n = COUNT(aid_routes);
