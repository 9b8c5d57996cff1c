/* Importing a roster: upload, which column is what, a dry run with its report, one batch, and taking it back. */
#include "audit/audit.h"
#include "auth/session.h"
#include "paper/book.h"
#include "people/people.h"
#include "people/person_views.h"
#include "roster/import_html.h"
#include "roster/import_views.h"
#include "roster/module.h"
#include "roster/running.h"
#include "roster/undo.h"
#include "roster/work.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER_LINES = 10, PROBLEMS_PAGE = 100 };

static const struct { const char *state, *zh; } states[] = {
    { "mapping", T("待核对表头") }, { "checking", T("正在核对") }, { "checked", T("已核对，待导入") }, { "running", T("正在导入") },
    { "done", T("已导入") }, { "failed", T("未完成") }, { "undoing", T("正在撤销") }, { "undone", T("已撤销") },
};

const char *
import_state_label(struct str state)
{
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_is(state, states[i].state)) return states[i].zh;
    return "";
}

static bool
in_scope(struct rq *rq)
{
    struct import_get_row i;
    struct import_id id = { rq->ids[0] };
    return import_get(rq->db, &i, id_area(id.v), id) && scope_unit(rq, i.unit);
}

/* ---- The file ---- */

static struct str
folder_of(struct arena *a, struct str path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/') n--;
    return str_fmt(a, "%.*simports", (int)n, path.p);
}

struct found { struct roster_mapping mapping; struct sheet_row rows[HEADER_LINES + 6]; size_t n, header; const char *why; };

/* The first rows; the one with the most known headings is the line of the headings. */
static void
look(struct rq *rq, struct unit_id unit, struct str path, struct found *f)
{
    struct sheet *s = sheet_open(rq->arena, str_z(rq->arena, path), &f->why);
    struct heading_of_row kept;
    size_t best = 0;
    if (s == NULL) return;
    while (f->n < COUNT(f->rows) && sheet_next(s, rq->arena, &f->rows[f->n])) f->n++;
    f->why = sheet_why(s);
    sheet_close(s);
    for (size_t r = 0; r < f->n && r < HEADER_LINES && f->why == NULL; r++) {
        struct roster_mapping m = { .n = f->rows[r].n, .header = f->rows[r].line };
        size_t known = 0;
        bool used[ROSTER_FIELDS] = { false };
        for (size_t i = 0; i < m.n; i++) {
            enum roster_field field = R_NONE;
            if (f->rows[r].cells[i].n && heading_of(rq->db, &kept, unit, f->rows[r].cells[i])) field = roster_by_code(kept.field);
            else if (f->rows[r].cells[i].n) field = roster_by_heading(f->rows[r].cells[i]);
            if (used[field]) field = R_NONE;
            used[field] = field != R_NONE;
            m.field[i] = (uint8_t)field;
            known += field != R_NONE;
        }
        if (known > best || r == 0) f->mapping = m, f->header = r, best = known;
    }
    if (f->why == NULL && f->n < 2) f->why = T("文件里没有内容，至少要有表头和一行数据。");
}

/* Parsing is slow work: before the write transaction. */
static void
look_at_upload(struct rq *rq)
{
    struct found *f = NEW(rq->arena, struct found, 1);
    rq->state = f;
    if (rq->uploads_n == 0 || rq->uploads[0].size == 0) f->why = T("请选择一个文件。");
    else look(rq, rq->who.focus, rq->uploads[0].path, f);
}

static enum http
list_with(struct rq *rq, const char *why)
{
    struct import_list_page v = { .rq = rq, .why = why };
    v.n = import_list(rq->db, &v.rows, rq->who.area, rq->who.focus);
    rq->title = str_of(tr(rq->lang, T("名册导入")));
    import_list_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
list(struct rq *rq)
{
    return list_with(rq, NULL);
}

static enum http
upload(struct rq *rq)
{
    const struct found *f = rq->state;
    const struct upload *u = rq->uploads;
    if (f == NULL || f->why != NULL) {
        list_with(rq, f ? f->why : T("请选择一个文件。"));
        return HTTP_INVALID;
    }
    struct import_id id = { id_next(rq->who.area) };
    struct str folder = folder_of(rq->arena, u->path), path = str_fmt(rq->arena, "%.*s/%lld", FMT(folder), (long long)id.v);
    if ((mkdir(str_z(rq->arena, folder), 0700) != 0 && errno != EEXIST) || rename(str_z(rq->arena, u->path), path.p) != 0) {
        log_error("cannot keep an upload in %s: %s", folder.p, strerror(errno));
        return HTTP_ERROR;
    }
    import_insert(rq->db, .area = rq->who.area, .id = id, .unit = rq->who.focus, .by = rq->who.user, .file_name = u->filename,
                  .file_path = path, .mapping = roster_mapping_json(rq->arena, &f->mapping),
                  .report_path = str_fmt(rq->arena, "%.*s.report", FMT(path)), .at = instant_now());
    audit_note(rq, rq->who.area, "upload", "import", id.v, NULL, NO_STR);
    return rq_redirect(rq, "/imports/%lld", (long long)id.v);
}

/* ---- The page of one import ---- */

/* A page of the report.  Lines: row, field, reason. */
static void
read_report(struct rq *rq, struct import_page *v)
{
    char line[600];
    FILE *f = v->i.report_path.n ? fopen(str_z(rq->arena, v->i.report_path), "r") : NULL;
    v->problems = NEW(rq->arena, struct import_problem, PROBLEMS_PAGE);
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        if (v->problems_total++ < v->from || v->problems_n == PROBLEMS_PAGE) continue;
        struct str rest = str_trim(str_dup(rq->arena, str_of(line)));
        struct import_problem *p = &v->problems[v->problems_n++];
        p->line = str_cut(&rest, report_mark[0]);
        p->field = roster_label(roster_by_code(str_cut(&rest, report_mark[0])), rq->lang);
        p->why = tr(rq->lang, str_z(rq->arena, rest));
    }
    if (f != NULL) fclose(f);
}

static void
read_sample(struct rq *rq, struct import_page *v)
{
    const char *why;
    struct sheet_row row;
    struct sheet *s = sheet_open(rq->arena, str_z(rq->arena, v->i.file_path), &why);
    if (s == NULL || !roster_mapping_parse(v->i.mapping, &v->mapping)) return;
    while (v->sample_n < COUNT(v->sample) && sheet_next(s, rq->arena, &row)) {
        if (row.line < v->mapping.header) continue;
        v->sample[v->sample_n++] = row;
    }
    v->columns_n = v->mapping.n;
    sheet_close(s);
}

static enum http
draw(struct rq *rq, struct import_page *v)
{
    v->rq = rq;
    v->id = (struct import_id){ rq->ids[0] };
    if (!import_get(rq->db, &v->i, id_area(v->id.v), v->id)) return HTTP_NOT_FOUND;
    v->running = import_running(v->id);
    v->from = rq_param_int(rq, "from", 0);
    if (str_is(v->i.state, "mapping")) read_sample(rq, v);
    else read_report(rq, v);
    rq->title = v->i.file_name;
    import_page(&rq->body, v);
    return HTTP_OK;
}

static enum http
show(struct rq *rq)
{
    struct import_page v = { 0 };
    return draw(rq, &v);
}

static enum http
progress(struct rq *rq)
{
    struct import_get_row i;
    struct import_id id = { rq->ids[0] };
    if (!import_get(rq->db, &i, id_area(id.v), id)) return HTTP_NOT_FOUND;
    bool running = import_running(id);
    struct str text = tr_fmt(rq->arena, rq->lang, T("%lld 行"), (long long)i.done);
    rq->type = STR("application/json");
    putf(&rq->body, "{\"done\":%lld,\"total\":%lld,\"text\":", (long long)i.done, (long long)(running ? i.done * 2 + 1000 : i.done));
    put_json_str(&rq->body, text);
    if (!running) putf(&rq->body, ",\"url\":\"/imports/%lld\"", (long long)id.v);
    LIT(&rq->body, "}\n");
    return HTTP_OK;
}

static enum http
report(struct rq *rq)
{
    char line[600];
    struct import_get_row i;
    struct import_id id = { rq->ids[0] };
    if (!import_get(rq->db, &i, id_area(id.v), id)) return HTTP_NOT_FOUND;
    FILE *f = i.report_path.n ? fopen(str_z(rq->arena, i.report_path), "r") : NULL;
    struct buf *o = &rq->body;
    putf(o, "\xef\xbb\xbf%s,%s,%s\r\n", tr(rq->lang, T("行")), tr(rq->lang, T("列")), tr(rq->lang, T("问题")));
    while (f != NULL && fgets(line, sizeof line, f) != NULL && o->n < MIB(8)) {
        struct str rest = str_trim(str_of(line)), at = str_cut(&rest, report_mark[0]), field = str_cut(&rest, report_mark[0]);
        putf(o, "%.*s,%s,\"%s\"\r\n", FMT(at), roster_label(roster_by_code(field), rq->lang), tr(rq->lang, str_z(rq->arena, rest)));
    }
    if (f != NULL) fclose(f);
    rq->type = STR("text/csv; charset=utf-8");
    rq->download = str_fmt(rq->arena, "report-%lld.csv", (long long)id.v);
    return HTTP_OK;
}

static const struct book_column columns[] = {
    { T("行"), CELL_NUMBER, 8 }, { T("列"), CELL_TEXT, 16 }, { T("问题"), CELL_TEXT, 60 },
};

static enum http
report_xlsx(struct rq *rq)
{
    char line[600];
    struct import_get_row i;
    struct import_id id = { rq->ids[0] };
    if (!import_get(rq->db, &i, id_area(id.v), id)) return HTTP_NOT_FOUND;
    struct book *b = book_open(rq, T("导入问题"), columns, COUNT(columns));
    FILE *f = b != NULL && i.report_path.n ? fopen(str_z(rq->arena, i.report_path), "r") : NULL;
    if (b == NULL) return HTTP_UNAVAILABLE;
    for (int64_t n = 0; f != NULL && fgets(line, sizeof line, f) != NULL; n++) {
        if (n % BOOK_CHUNK == 0 && !book_chunk(b)) break;
        struct str rest = str_trim(str_of(line)), at = str_cut(&rest, report_mark[0]), field = str_cut(&rest, report_mark[0]);
        int64_t number;
        book_number(b, str_int(at, &number) ? number : NO_INT);
        book_cstr(b, roster_label(roster_by_code(field), rq->lang));
        book_cstr(b, tr(rq->lang, str_z(rq->arena, rest)));
        book_row(b);
    }
    if (f != NULL) fclose(f);
    return book_send(b, "import", i.unit_name);
}

/* ---- Running ---- */

static enum http
start(struct rq *rq, const struct import_get_row *i, const struct roster_mapping *m, bool dry)
{
    struct import_id id = { rq->ids[0] };
    struct person_villages_row *rows;
    struct work *w = work_make(id_area(id.v), id, i->unit, rq->who.user, i->file_path, i->report_path, m, dry);
    size_t n;
    villages_of(rq, i->unit, &rows, &n);
    w->villages = NEW(&w->arena, struct person_villages_row, n + 1);
    for (size_t k = 0; k < n; k++)
        w->villages[w->villages_n++] = (struct person_villages_row){ str_dup(&w->arena, rows[k].code), str_dup(&w->arena, rows[k].name) };
    if (!work_start(w)) return rq_fail(rq, HTTP_UNAVAILABLE, running_full);
    return rq_redirect(rq, "/imports/%lld", (long long)id.v);
}

/* The mapping as chosen ("c0" … "c299"), remembered for the unit's next list. */
static enum http
check(struct rq *rq)
{
    struct import_page v = { .rq = rq, .id = { rq->ids[0] } };
    bool used[ROSTER_FIELDS] = { false };
    if (!import_get(rq->db, &v.i, id_area(v.id.v), v.id)) return HTTP_NOT_FOUND;
    if (!str_is(v.i.state, "mapping") || import_running(v.id)) return rq_fail(rq, HTTP_CONFLICT, T("这份名册已在处理。"));
    read_sample(rq, &v);
    for (size_t c = 0; c < v.mapping.n && v.sample_n > 0; c++) {
        struct str chosen = rq_param(rq, str_fmt(rq->arena, "c%zu", c).p), heading = c < v.sample[0].n ? v.sample[0].cells[c] : NO_STR;
        enum roster_field field = roster_by_code(chosen);
        if (field != R_NONE && used[field]) return rq_fail(rq, HTTP_INVALID, T("两列选了同一内容，请返回修改。"));
        used[field] = true;
        v.mapping.field[c] = (uint8_t)field;
        if (heading.n && heading.n < 200) heading_save(rq->db, v.i.unit, heading, str_of(roster_code(field)));
    }
    if (!used[R_NAME]) return rq_fail(rq, HTTP_INVALID, T("必须有一列是姓名，请返回修改。"));
    import_mapping(rq->db, id_area(v.id.v), v.id, roster_mapping_json(rq->arena, &v.mapping));
    return start(rq, &v.i, &v.mapping, true);
}

static enum http
run(struct rq *rq)
{
    struct import_get_row i;
    struct roster_mapping m;
    struct import_id id = { rq->ids[0] };
    if (!import_get(rq->db, &i, id_area(id.v), id)) return HTTP_NOT_FOUND;
    if (!str_is(i.state, "checked") || i.good == 0 || import_running(id) || !roster_mapping_parse(i.mapping, &m))
        return rq_fail(rq, HTTP_CONFLICT, T("请先核对名册。"));
    audit_note(rq, id_area(id.v), "import", "import", id.v, NULL, NO_STR);
    return start(rq, &i, &m, false);
}

/* Refused with a list when somebody is in use since. */
static enum http
undo(struct rq *rq)
{
    static const char *const stopped[] = { "done", "failed", "running", "undoing" };
    struct import_page v = { 0 };
    struct import_id id = { rq->ids[0] };
    bool may_be = false;
    if (!import_get(rq->db, &v.i, id_area(id.v), id)) return HTTP_NOT_FOUND;
    for (size_t i = 0; i < COUNT(stopped); i++) may_be = may_be || str_is(v.i.state, stopped[i]);
    if (!may_be || import_running(id)) return rq_fail(rq, HTTP_CONFLICT, T("这份名册没有可撤销的内容。"));
    v.held_n = undo_in_use(rq->db, id, &v.i, &v.held);
    if (v.held_n) {
        draw(rq, &v);
        return HTTP_CONFLICT;
    }
    import_state(rq->db, id_area(id.v), id, STR("undoing"), v.i.state);
    audit_note(rq, id_area(id.v), "undo", "import", id.v, NULL, NO_STR);
    if (!undo_start(id, &v.i)) return rq_fail(rq, HTTP_UNAVAILABLE, running_full);
    return rq_redirect(rq, "/imports/%lld", (long long)id.v);
}

static const struct route import_routes[] = {
    GET("/imports", PEOPLE_IMPORT, list, .title = T("名册导入")),
    POST("/imports", PEOPLE_IMPORT, upload, .form = &no_fields, .before = look_at_upload, .upload = true, .title = T("上传名册")),
    GET("/imports/:import", PEOPLE_IMPORT, show, .scope = in_scope, .slow = true, .title = T("名册导入")),
    GET("/imports/:import/progress", PEOPLE_IMPORT, progress, .scope = in_scope, .title = T("导入进度")),
    GET("/imports/:import/report", PEOPLE_IMPORT, report, .scope = in_scope, .slow = true, .title = T("导入问题")),
    GET("/imports/:import/report.xlsx", PEOPLE_IMPORT, report_xlsx, .scope = in_scope, .slow = true, .title = T("导入问题")),
    POST("/imports/:import/check", PEOPLE_IMPORT, check, .scope = in_scope, .form = &no_fields, .title = T("核对名册")),
    POST("/imports/:import/run", PEOPLE_IMPORT, run, .scope = in_scope, .form = &no_fields, .title = T("导入名册")),
    POST("/imports/:import/undo", PEOPLE_IMPORT, undo, .scope = in_scope, .form = &no_fields, .title = T("撤销导入")),
};
static const size_t import_routes_n = COUNT(import_routes);

static const struct route *const routes[] = { import_routes };
static const size_t *const routes_n[] = { &import_routes_n };
const struct module roster_module = { "roster", routes, routes_n, COUNT(routes) };
