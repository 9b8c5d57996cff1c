#include "paper/book.h"
#include "paper/give.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { EXCEL_EPOCH = 25569, A4 = 9, TEXT_MAX = 32000, ZONE_MS = 8 * 3600000,
       LEVEL_LIST = 3 };                /* of a list in the register; it says of nobody that he is in it */

struct book {
    struct rq *rq;
    struct arena *whole, chunk;         /* the request's own arena; that of the present chunk */
    lxw_workbook *work;
    lxw_worksheet *sheet;
    lxw_format *date, *time;
    const char *name;                   /* T() */
    char *title;
    const struct book_column *columns;
    size_t n, at;                       /* columns; the next cell */
    lxw_row_t line;
    struct str path;
    int64_t *persons;                   /* whose rows they are, in the request's own arena */
    size_t persons_n, persons_most;
    bool failed;
};

/* ---- Temporary files ---- */

static char dir[512] = "var";

void
paper_dir_set(const char *work_dir)
{
    snprintf(dir, sizeof dir, "%s", work_dir);
}

static void
unlink_path(void *path)
{
    unlink(path);
}

struct str
paper_keep(struct arena *a)
{
    struct str path = str_fmt(a, "%s/nuan-paper-XXXXXX", dir);
    int fd = mkostemp((char *)(uintptr_t)path.p, O_CLOEXEC);
    if (fd < 0) {
        log_error("cannot write a file into %s: %s", dir, strerror(errno));
        return NO_STR;
    }
    close(fd);
    return path;
}

struct str
paper_temp(struct arena *a)
{
    struct str path = paper_keep(a);
    if (path.n) arena_defer(a, unlink_path, (void *)(uintptr_t)path.p);
    return path;
}

/* ---- The workbook ---- */

static void
drop(void *arg)
{
    struct book *b = arg;
    if (b->work != NULL) lxw_workbook_free(b->work);
    arena_clear(&b->chunk);
}

static void
check(struct book *b, lxw_error e)
{
    if (e == LXW_NO_ERROR || b->failed) return;
    b->failed = true;
    log_error("cannot write a spreadsheet: %s", lxw_strerror(e));
}

static lxw_format *
format(struct book *b, const char *numbers)
{
    lxw_format *f = workbook_add_format(b->work);
    format_set_num_format(f, numbers);
    format_set_align(f, LXW_ALIGN_LEFT);
    return f;
}

static void
heads(struct book *b)
{
    lxw_format *head = workbook_add_format(b->work);
    format_set_bold(head);
    format_set_bg_color(head, 0xE6EEEC);
    format_set_bottom(head, LXW_BORDER_THIN);
    for (size_t i = 0; i < b->n; i++) {
        lxw_col_t c = (lxw_col_t)i;
        check(b, worksheet_set_column(b->sheet, c, c, b->columns[i].width, NULL));
        check(b, worksheet_write_string(b->sheet, 0, c, tr(b->rq->lang, b->columns[i].title), head));
    }
    worksheet_freeze_panes(b->sheet, 1, 0);
    worksheet_repeat_rows(b->sheet, 0, 0);
    worksheet_set_paper(b->sheet, A4);
    worksheet_set_landscape(b->sheet);
    worksheet_fit_to_pages(b->sheet, 1, 0);
    worksheet_set_header(b->sheet, str_fmt(b->whole, "&C%s", b->title).p);
    worksheet_set_footer(b->sheet, "&C&P / &N");
}

/* What a sheet may be called: 31 characters, none of []:*?/\\. */
static char *
sheet_name(struct arena *a, const char *title)
{
    struct buf b = { .arena = a };
    size_t n = 0;
    uint32_t c;
    for (struct str rest = str_of(title); n < LXW_SHEETNAME_MAX && utf8_next(&rest, &c);) {
        char utf8[4];
        if (c < 0x80 && strchr("[]:*?/\\'", (int)c) != NULL) continue;
        put(&b, utf8, utf8_put(utf8, c));
        n++;
    }
    return str_z(a, buf_str(&b));
}

struct book *
book_open(struct rq *rq, const char *title, const struct book_column *columns, size_t n)
{
    struct str path = paper_temp(rq->arena);
    if (path.n == 0) return NULL;
    assert(n <= BOOK_COLUMNS_MAX);
    struct book *b = NEW(rq->arena, struct book, 1);
    lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = dir };
    *b = (struct book){ .rq = rq, .whole = rq->arena, .path = path, .name = title, .columns = columns, .n = n };
    b->title = sheet_name(rq->arena, tr(rq->lang, title));
    b->work = workbook_new_opt(path.p, &options);
    if (b->work == NULL) log_fatal("out of memory");
    arena_defer(rq->arena, drop, b);
    b->sheet = workbook_add_worksheet(b->work, b->title);
    if (b->sheet == NULL) log_fatal("there is no sheet called %s", b->title);
    b->date = format(b, "yyyy-mm-dd");
    b->time = format(b, "yyyy-mm-dd hh:mm");
    lxw_doc_properties about = { .title = b->title };
    check(b, workbook_set_properties(b->work, &about));
    heads(b);
    b->line = 1;
    return b;
}

bool
book_chunk(struct book *b)
{
    arena_clear(&b->chunk);
    b->rq->arena = &b->chunk;
    db_use_arena(b->rq->db, &b->chunk);
    return !b->failed && b->line <= BOOK_ROWS_MAX && db_error(b->rq->db) == NULL;
}

/* ---- Cells ---- */

static lxw_col_t
next(struct book *b, enum cell_kind kind)
{
    assert(b->at < b->n && b->columns[b->at].kind == kind);
    return (lxw_col_t)b->at++;
}

void
book_text(struct book *b, struct str s)
{
    lxw_col_t c = next(b, CELL_TEXT);
    if (s.n > TEXT_MAX) {
        s.n = TEXT_MAX;
        while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80) s.n--;
    }
    if (s.n) check(b, worksheet_write_string(b->sheet, b->line, c, str_z(b->rq->arena, s), NULL));
}

void
book_cstr(struct book *b, const char *s)
{
    book_text(b, str_of(s));
}

void
book_number(struct book *b, int64_t n)
{
    lxw_col_t c = next(b, CELL_NUMBER);
    if (n != NO_INT) check(b, worksheet_write_number(b->sheet, b->line, c, (double)n, NULL));
}

void
book_date(struct book *b, struct date d)
{
    lxw_col_t c = next(b, CELL_DATE);
    if (date_known(d)) check(b, worksheet_write_number(b->sheet, b->line, c, d.days + EXCEL_EPOCH, b->date));
}

void
book_time(struct book *b, struct instant t)
{
    lxw_col_t c = next(b, CELL_TIME);
    double minutes = instant_known(t) ? (double)((t.ms + ZONE_MS) / 60000) : 0;
    if (instant_known(t)) check(b, worksheet_write_number(b->sheet, b->line, c, minutes / 1440 + EXCEL_EPOCH, b->time));
}

void
book_row(struct book *b)
{
    assert(b->at == b->n);
    b->at = 0;
    b->line++;
}

/* ---- The answer ---- */

/* The list for the register, when it was asked what for. */
static void
note_given(struct book *b, struct str unit)
{
    struct rq *rq = b->rq;
    struct buf fields = { .arena = rq->arena };
    if (rq->route == NULL || rq->route->form != &give_form) return;
    struct disclosure *d = give_answered(rq, rq->form, rq->who.focus, "export");
    for (size_t i = 0; i < b->n; i++) putf(&fields, "%s%s", i ? "、" : "", b->columns[i].title);        /* not shown */
    d->fields = buf_str(&fields);
    d->list = unit.n ? str_fmt(rq->arena, "%s · %.*s", b->name, FMT(unit)) : str_of(b->name);
    d->level = LEVEL_LIST;
    d->rows = (int64_t)b->line - 1;
    d->persons = b->persons;
    d->persons_n = b->persons_n;
    disclosure_note_given(rq, d);
}

void
book_person(struct book *b, struct person_id person)
{
    if (b->persons_n == b->persons_most) {
        int64_t *more = NEW(b->whole, int64_t, 2 * b->persons_most + BOOK_CHUNK);
        if (b->persons_n) memcpy(more, b->persons, b->persons_n * sizeof *more);
        b->persons = more;
        b->persons_most = 2 * b->persons_most + BOOK_CHUNK;
    }
    if (person.v) b->persons[b->persons_n++] = person.v;
}

/* What was asked for, as far as it was: "q=…&village=…". */
static struct str
filters(const struct rq *rq)
{
    struct buf o = { .arena = rq->arena };
    LIT(&o, "");
    for (size_t i = 0; i < rq->params_n; i++) {
        const struct param *p = &rq->params[i];
        if (p->value.n == 0 || str_is(p->name, "lang") || str_is(p->name, "csrf") || str_starts(p->name, STR("give_"))) continue;
        putf(&o, "%s%.*s=%.*s", o.n ? "&" : "", FMT(p->name), FMT(p->value));
    }
    return buf_str(&o);
}

enum http
book_send(struct book *b, const char *list, struct str unit)
{
    struct rq *rq = b->rq;
    int64_t rows = (int64_t)b->line - 1;
    rq->arena = b->whole;
    db_use_arena(rq->db, b->whole);
    if (rows) worksheet_autofilter(b->sheet, 0, 0, b->line - 1, (lxw_col_t)(b->n - 1));
    check(b, workbook_close(b->work));
    b->work = NULL;
    if (b->failed) return HTTP_UNAVAILABLE;
    char day[16];
    date_print(today(), day);
    rq->file = b->path;
    rq->type = STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    rq->download = unit.n ? str_fmt(rq->arena, "%s-%.*s-%s.xlsx", b->title, FMT(unit), day) : str_fmt(rq->arena, "%s-%s.xlsx", b->title, day);
    note_given(b, unit);
    rq_note_export(rq, list, rows, filters(rq));
    return HTTP_OK;
}

struct url
book_url(const struct rq *rq, const char *path)
{
    return (struct url){ rq->query.n ? str_fmt(rq->arena, "%s?%.*s", path, FMT(rq->query)) : str_of(path) };
}
