/* The lists of all ledgers: search, filters, clocks, pages, export; and what other parts show of one member of staff.
 */
#include "ledger/ledger.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "form/draw.h"
#include "ledger/ledger_json.h"
#include "ledger/ledger_html.h"
#include "ledger/ledger_views.h"
#include "network/network.h"
#include "page/page.h"
#include "paper/book.h"
#include "paper/give.h"
#include "rules/run.h"

enum { PAGE = 50, SOON_DAYS = 30 };

const struct entry no_entry = { NO_ENTRY };

const struct ledger *
ledger_find(struct str code)
{
    for (size_t i = 0; i < staff_ledgers_n; i++)
        if (str_is(code, staff_ledgers[i].code)) return &staff_ledgers[i];
    for (size_t i = 0; i < unit_ledgers_n; i++)
        if (str_is(code, unit_ledgers[i].code)) return &unit_ledgers[i];
    for (size_t i = 0; i < network_ledgers_n; i++)
        if (str_is(code, network_ledgers[i].code)) return &network_ledgers[i];
    return NULL;
}

struct entry_id
ledger_add(struct db *db, int64_t area, const char *ledger, const struct entry *e, struct user_id by)
{
    struct entry_id id = { id_next(area) };
    if (ledger_find(str_of(ledger)) == NULL) log_fatal("there is no ledger %s", ledger);
    entry_insert(db, .area = area, .id = id, .ledger = str_of(ledger), .unit = e->unit, .staff = e->staff,
                 .other = e->other, .target = e->target, .kind = e->kind, .mode = e->mode, .state = e->state,
                 .title = e->title, .party = e->party, .number = e->number, .body = e->body, .on = e->on,
                 .until = e->until, .done = e->done, .amount = e->amount, .amount_2 = e->amount_2, .money = e->money,
                 .by = by, .at = instant_now());
    rules_touch(db, e->unit);
    return id;
}

void
ledger_follow(struct db *db, int64_t area, struct staff_id staff, struct unit_id unit)
{
    entry_follow(db, area, staff, unit);
}

/* ---- Rights ---- */

/* Does the level that the user works at have the function of the ledger?  Where the profile gives it to no level, all have it (CD-07). */
static bool
level_does(const struct rq *rq, const struct ledger *l)
{
    struct unit_level level;
    return l->function == NULL || !unit_level_of(rq->db, rq->who.unit, &level) || !profile_has_function(level.profile, l->function, NO_STR) ||
           profile_has_function(level.profile, l->function, level.rule->code);
}

bool
ledger_may_read(const struct rq *rq, const struct ledger *l, struct staff_id staff)
{
    if (!may(rq, LEDGER_READ) || (!l->down && !level_does(rq, l))) return false;
    return !l->closed || may(rq, STAFF_WRITE) || (staff.v != 0 && staff.v == rq->who.staff.v);
}

bool
ledger_may_write(const struct rq *rq, const struct ledger *l, struct staff_id staff)
{
    if (!may(rq, LEDGER_WRITE) || l->elsewhere || !level_does(rq, l)) return false;
    return may(rq, STAFF_WRITE) || (l->writes != MAY_NOTHING && may(rq, l->writes)) ||
           (l->own && rq->who.staff.v != 0 && (staff.v == 0 || staff.v == rq->who.staff.v));
}

/* Who looks at a closed ledger of somebody else is put on record. */
void
ledger_note_read(struct rq *rq, const struct ledger *l, const struct shown *rows, size_t n)
{
    for (size_t i = 0; l->closed && i < n; i++) {
        if (l->about == ABOUT_UNIT) {
            rq_note_read(rq, "entry", rows[i].id.v, l->code);
            continue;
        }
        bool noted = i > 0 && rows[i].e.staff.v == rows[i - 1].e.staff.v;
        if (!noted && rows[i].e.staff.v != rq->who.staff.v) rq_note_read(rq, "staff", rows[i].e.staff.v, l->code);
    }
}

/* ---- What is shown of an entry ---- */

bool
field_listed(const struct ledger *l, const struct field *f)
{
    for (struct str rest = str_of(l->columns); rest.n;)
        if (str_is(str_cut(&rest, ' '), f->name)) return true;
    return false;
}

static struct str
pointed_at(const struct field *f, const struct shown *s)
{
    if (strcmp(f->name, "staff") == 0) return s->staff_name;
    if (strcmp(f->name, "other") == 0) return s->other_name;
    return strcmp(f->name, "unit") == 0 ? s->unit_name : s->target_name;
}

void
entry_value(struct buf *o, const struct field *f, const struct shown *s)
{
    if (f->kind == F_STAFF || f->kind == F_UNIT)
        put_str(o, pointed_at(f, s));
    else
        value_show(o, f, form_text(o->arena, f, &s->e));
}

/* The same as plain text. */
struct str
entry_text(struct arena *a, const struct field *f, const struct shown *s, enum lang lang)
{
    size_t n;
    if (f->kind == F_STAFF || f->kind == F_UNIT) return pointed_at(f, s);
    struct str code = form_text(a, f, &s->e);
    if (f->kind != F_SINGLE) return code;
    const struct choice *all = field_choices(f, &n);
    for (size_t i = 0; i < n; i++)
        if (str_is(code, all[i].code)) return str_of(choice_label(&all[i], lang));
    return code;
}

struct str
entry_name(struct arena *a, enum lang lang, const struct shown *s)
{
    const struct str name = s->l->about == ABOUT_STAFF ? s->staff_name : s->e.title;
    const char *title = tr(lang, s->l->title);
    return name.n ? str_fmt(a, lang == LANG_ZH ? "%s：%.*s" : "%s: %.*s", title, FMT(name))
                  : str_of(title); /* not shown */
}

struct clock
entry_clock(struct arena *a, enum lang lang, const struct shown *s)
{
    if (s->l->clock == CLOCK_NONE || !date_known(s->e.until)) return (struct clock){ 0 };
    int left = date_diff(s->e.until, today());
    if (s->l->clock == CLOCK_TERM && date_known(s->e.done)) {
        int late = date_diff(s->e.done, s->e.until);
        if (late <= 0) return (struct clock){ "bg-green-lt", str_of(tr(lang, T("按期"))) };
        return (struct clock){ "bg-red-lt", tr_fmt(a, lang, T("晚 %d 天"), late) };
    }
    if (s->l->clock == CLOCK_VALID && left > SOON_DAYS)
        return (struct clock){ "bg-green-lt", str_of(tr(lang, T("有效"))) };
    const char *counts = left >= 0 ? T("还有 %d 天") : s->l->clock == CLOCK_TERM ? T("逾期 %d 天") : T("过期 %d 天");
    struct str word = tr_fmt(a, lang, counts, left < 0 ? -left : left);
    if (s->l->undone != NULL) word = str_fmt(a, "%s · %.*s", tr(lang, s->l->undone), FMT(word)); /* not shown */
    return (struct clock){ left < 0 ? "bg-red-lt" : "bg-yellow-lt", word };
}

/* ---- The index ---- */

static enum http
ledgers(struct rq *rq)
{
    struct entry_totals_row *totals;
    int64_t area = unit_county(rq->db, rq->who.focus);
    struct ledger_index v = { .rq = rq, .unit_name = unit_name(rq->db, rq->who.focus) };
    unsigned tree = unit_is_wide(rq->db, rq->who.focus) ? ENTRY_TOTALS_F_WIDE : ENTRY_TOTALS_F_BELOW;
    v.totals_n = entry_totals(rq->db, &totals, tree | (area ? ENTRY_TOTALS_F_AREA : 0), 0, area, rq->who.focus, today());
    v.totals = totals;
    rq->title = str_of(tr(rq->lang, T("台账")));
    ledger_index(&rq->body, &v);
    return HTTP_OK;
}

/* ---- One ledger ---- */

struct asked {
    unsigned filters, sort;
    struct entry_list_in in;
};

static struct asked
asked(struct rq *rq, const struct ledger *l, struct ledger_page *v)
{
    *v = (struct ledger_page){ .rq = rq,
                               .l = l,
                               .q = str_trim(rq_param(rq, "q")),
                               .kind = rq_param(rq, "kind"),
                               .show = rq_param(rq, "show"),
                               .year = rq_param_int(rq, "year", 0),
                               .sort = rq_param(rq, "sort"),
                               .staff = { rq_param_int(rq, "staff", 0) },
                               .most = PAGE,
                               .skip = rq_param_int(rq, "skip", 0) };
    int64_t area = unit_county(rq->db, rq->who.focus);
    bool one_area = area != 0 && !l->down;
    if (v->skip < 0) v->skip = 0;
    v->filtered = v->q.n || v->kind.n || v->show.n || v->year || v->staff.v;
    v->unit_name = unit_name(rq->db, rq->who.focus);
    v->may_write = ledger_may_write(rq, l, v->staff);
    struct asked w = { .sort = str_is(v->sort, "term")   ? ENTRY_LIST_BY_TERM
                               : str_is(v->sort, "name") ? ENTRY_LIST_BY_NAME
                                                         : ENTRY_LIST_BY_DAY };
    w.filters = (one_area ? ENTRY_LIST_F_AREA : 0) | (v->q.n ? ENTRY_LIST_F_TEXT : 0) |
                (v->kind.n ? ENTRY_LIST_F_KIND : 0) | (v->year ? ENTRY_LIST_F_YEAR : 0) |
                (v->staff.v ? ENTRY_LIST_F_STAFF : 0) | (str_is(v->show, "late") ? ENTRY_LIST_F_LATE : 0) |
                (str_is(v->show, "soon") ? ENTRY_LIST_F_SOON : 0) |
                (l->versions && !str_is(v->show, "all") ? ENTRY_LIST_F_NEWEST : 0);
    w.in = (struct entry_list_in){ .area = area,
                                   .top = rq->who.focus,
                                   .up = l->down,
                                   .ledger = str_of(l->code),
                                   .day = today(),
                                   .soon = date_add(today(), SOON_DAYS),
                                   .text = str_fmt(rq->arena, "%%%.*s%%", FMT(v->q)),
                                   .kind = v->kind,
                                   .year = str_fmt(rq->arena, "%04lld-%%", (long long)v->year),
                                   .staff = v->staff,
                                   .most = PAGE,
                                   .skip = v->skip };
    return w;
}

/* A closed ledger shows a member of staff his own entries only. */
static bool
open_ledger(struct rq *rq, const struct ledger **l, struct ledger_page *v, struct asked *w)
{
    *l = ledger_find(rq->words[0]);
    if (*l == NULL) return false;
    *w = asked(rq, *l, v);
    if ((*l)->closed && !may(rq, STAFF_WRITE) && rq->who.staff.v != 0) {
        v->staff = w->in.staff = rq->who.staff;
        w->filters |= ENTRY_LIST_F_STAFF;
    }
    return ledger_may_read(rq, *l, v->staff);
}

static size_t
rows_of(struct rq *rq, const struct ledger *l, const struct asked *w, struct shown **rows)
{
    struct entry_list_row *found;
    size_t n = entry_list_with(rq->db, &found, w->filters, w->sort, &w->in);
    *rows = NEW(rq->arena, struct shown, n + 1);
    for (size_t i = 0; i < n; i++) (*rows)[i] = SHOWN(l, &found[i]);
    return n;
}

static enum http
list(struct rq *rq)
{
    const struct ledger *l;
    struct ledger_page v;
    struct asked w;
    struct entry_count_row count;

    if (!open_ledger(rq, &l, &v, &w)) return HTTP_NOT_FOUND;
    v.n = rows_of(rq, l, &w, &v.rows);
    if (entry_count(rq->db, &count, w.filters, 0, .area = w.in.area, .top = w.in.top, .up = w.in.up,
                    .ledger = w.in.ledger, .day = w.in.day, .soon = w.in.soon, .text = w.in.text, .kind = w.in.kind,
                    .year = w.in.year, .staff = w.in.staff))
        v.total = count.total;
    ledger_note_read(rq, l, v.rows, v.n);
    if (shape_wanted(rq)) return entry_list_json(rq, &v);
    rq->title = str_of(tr(rq->lang, l->title));
    ledger_page(&rq->body, &v);
    return HTTP_OK;
}

static enum cell_kind
cell_kind(const struct field *f)
{
    if (f->kind == F_INT) return CELL_NUMBER;
    return f->kind == F_DATE ? CELL_DATE : CELL_TEXT;
}

static void
book_entry(struct book *b, struct arena *a, const struct shown *s, enum lang lang)
{
    const struct form *form = &s->l->form;
    for (size_t i = 1; i < form->n; i++) { /* the first field is the hidden version */
        const struct field *f = &form->fields[i];
        const void *at = (const char *)&s->e + f->offset;
        if (f->kind == F_INT)
            book_number(b, *(const int64_t *)at);
        else if (f->kind == F_DATE)
            book_date(b, *(const struct date *)at);
        else
            book_text(b, entry_text(a, f, s, lang));
    }
    if (s->l->about == ABOUT_STAFF) book_text(b, s->unit_name);
    book_row(b);
}

static enum http
to_book(struct rq *rq)
{
    const struct ledger *l;
    struct ledger_page v;
    struct asked w;

    if (!open_ledger(rq, &l, &v, &w)) return HTTP_NOT_FOUND;
    struct book_column *columns = NEW(rq->arena, struct book_column, l->form.n + 1);
    size_t n = 0;
    for (size_t i = 1; i < l->form.n; i++)
        columns[n++] = (struct book_column){ l->form.fields[i].label, cell_kind(&l->form.fields[i]), 18 };
    if (l->about == ABOUT_STAFF) columns[n++] = (struct book_column){ T("单位"), CELL_TEXT, 30 };
    struct book *b = book_open(rq, l->title, columns, n);
    if (b == NULL) return HTTP_UNAVAILABLE;
    w.in.most = BOOK_CHUNK;
    w.in.skip = 0;
    do {
        if (!book_chunk(b)) break;
        v.n = rows_of(rq, l, &w, &v.rows);
        for (size_t i = 0; i < v.n; i++) book_entry(b, rq->arena, &v.rows[i], rq->lang);
        w.in.skip += BOOK_CHUNK;
    } while (v.n == BOOK_CHUNK);
    return book_send(b, l->code, v.unit_name);
}

/* ---- For other parts ---- */

void
ledger_cards(struct buf *o, struct rq *rq, struct staff_id staff, struct unit_id unit, const char *const *codes)
{
    struct entry_of_staff_row *rows;
    size_t n = entry_of_staff(rq->db, &rows, unit_area(rq->db, unit), staff);
    for (; *codes != NULL; codes++) {
        const struct ledger *l = ledger_find(str_of(*codes));
        if (l == NULL) log_fatal("there is no ledger %s", *codes);
        if (!ledger_may_read(rq, l, staff)) continue;
        struct ledger_card c = { .l = l,
                                 .rows = NEW(rq->arena, struct shown, n + 1),
                                 .may_write = ledger_may_write(rq, l, staff),
                                 .staff = staff };
        for (size_t i = 0; i < n; i++)
            if (str_is(rows[i].ledger, l->code)) c.rows[c.n++] = SHOWN(l, &rows[i]);
        ledger_note_read(rq, l, c.rows, c.n);
        ledger_card(o, &c);
    }
}

const char *
ledger_choice(const char *ledger, const char *field, struct str code, enum lang lang)
{
    size_t n;
    const struct ledger *l = ledger_find(str_of(ledger));
    for (size_t i = 0; l != NULL && i < l->form.n; i++) {
        if (strcmp(l->form.fields[i].name, field) != 0) continue;
        const struct choice *all = field_choices(&l->form.fields[i], &n);
        for (size_t k = 0; k < n; k++)
            if (str_is(code, all[k].code)) return choice_label(&all[k], lang);
    }
    return "";
}

static const struct route ledger_routes[] = {
    GET("/ledgers", LEDGER_READ, ledgers, .title = T("台账")),
    GET("/ledgers/@ledger", LEDGER_READ, list, .title = T("台账"), .shape = &entry_row_shape, .many = true, .query = "q,kind,show,year,staff,sort,skip"),
    GIVEN("/ledgers/@ledger/export", LEDGER_READ, to_book, .title = T("导出台账")),
};
static const size_t ledger_routes_n = COUNT(ledger_routes);

static const struct route *const routes[] = { ledger_routes, cluster_routes, calendar_routes, entry_routes };
static const size_t *const routes_n[] = { &ledger_routes_n, &cluster_routes_n, &calendar_routes_n, &entry_routes_n };
const struct module ledger_module = { "ledger", routes, routes_n, COUNT(routes) };
