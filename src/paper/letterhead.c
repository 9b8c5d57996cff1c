#include "paper/letterhead.h"
#include "audit/audit.h"
#include "auth/session.h"
#include "paper/letterhead_html.h"
#include "paper/letterhead_sql.h"
#include "paper/press.h"
#include "view/view.h"

struct setting { struct str heading, seal; };
static const struct choice seals[] = { { "right", T("右下"), NULL }, { "left", T("左下"), NULL }, { "none", T("不留位置"), NULL } };
static const struct field fields[] = {
    FIELD_TEXT(struct setting, heading, "文书抬头", .max = 60, .wide = true, .help = "印在每份文书的上方；不填则印单位名称。"),
    FIELD_CHOICE(struct setting, seal, seals, "盖章位置", .required = true),
};
static const struct form setting_form = FORM(struct setting, fields);

struct letterhead
letterhead(struct db *db, struct unit_id unit)
{
    struct letterhead_of_row r;
    if (!letterhead_of(db, &r, unit)) return (struct letterhead){ STR(""), STR(""), STR("right"), NO_STR };
    return (struct letterhead){ r.name, r.heading.n ? r.heading : r.name, r.seal.n ? r.seal : STR("right"), r.hotline };
}

struct str
letterhead_foot(const struct rq *rq)
{
    char now[24];
    instant_print(instant_now(), now);
    return str_fmt(rq->arena, "%.*s %s", FMT(rq->who.name), now);
}

static bool
in_scope(struct rq *rq)
{
    return scope_unit(rq, (struct unit_id){ rq->ids[0] });
}

static enum http
page(struct rq *rq)
{
    struct letterhead_of_row r;
    struct letterhead_page v = { .rq = rq, .unit = { rq->ids[0] }, .form = &setting_form };
    if (!letterhead_of(rq->db, &r, v.unit)) return HTTP_NOT_FOUND;
    struct setting values = { r.heading, r.seal.n ? r.seal : STR("right") };
    v.name = r.name;
    v.own = r.from_unit.v == v.unit.v;
    v.from_name = v.own ? NO_STR : r.from_name;
    v.from = (struct form_source){ .rq = rq, .values = &values };
    rq->title = str_of(tr(rq->lang, T("文书格式")));
    letterhead_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
save(struct rq *rq)
{
    const struct setting *in = rq->form;
    struct unit_id unit = { rq->ids[0] };
    letterhead_put(rq->db, .unit = unit, .heading = in->heading.p ? in->heading : STR(""), .seal = in->seal, .by = rq->who.user, .at = instant_now());
    audit_note(rq, id_area(unit.v), "paper", "unit", unit.v, NULL, in->heading);
    return rq_done(rq, T("已保存"), "/network/%lld/paper", (long long)unit.v);
}

/* Back to what the unit above has. */
static enum http
drop(struct rq *rq)
{
    struct unit_id unit = { rq->ids[0] };
    letterhead_drop(rq->db, unit);
    audit_note(rq, id_area(unit.v), "paper", "unit", unit.v, NULL, NO_STR);
    return rq_done(rq, T("已恢复为上级单位的格式"), "/network/%lld/paper", (long long)unit.v);
}

/* How it looks, on an otherwise empty page. */
static enum http
sample(struct rq *rq)
{
    struct letterhead h = letterhead(rq->db, (struct unit_id){ rq->ids[0] });
    struct str title = str_of(tr(rq->lang, T("文书格式样张")));
    struct press *p = press_open(rq->arena, rq->lang, title, letterhead_foot(rq));
    press_begin(p, &(struct press_sheet){ .heading = h.heading, .title = title, .mark = h.unit });
    press_seal(p, h.seal);
    if (!press_write(p, &rq->body)) return HTTP_ERROR;
    rq->type = STR("application/pdf");
    rq->download = STR("sample.pdf");
    return HTTP_OK;
}

static const struct route paper_routes[] = {
    GET("/network/:unit/paper", PAPER_SETUP, page, .scope = in_scope, .title = T("文书格式")),
    POST("/network/:unit/paper", PAPER_SETUP, save, .scope = in_scope, .form = &setting_form, .redraw = page, .title = T("保存文书格式")),
    POST("/network/:unit/paper/drop", PAPER_SETUP, drop, .scope = in_scope, .form = &no_fields, .title = T("恢复上级单位的格式")),
    GET("/network/:unit/paper/sample", PAPER_SETUP, sample, .scope = in_scope, .title = T("文书格式样张"), .slow = true),
};
static const size_t paper_routes_n = COUNT(paper_routes);
static const struct route *const routes[] = { paper_routes };
static const size_t *const routes_n[] = { &paper_routes_n };
const struct module paper_module = { "paper", routes, routes_n, COUNT(routes) };
