/* Several case files in one go: chosen in the list, printed on a thread of their own with the rights of who asked, fetched as
 * one .zip.  What was not fetched is removed after an hour. */
#include "casework/printing.h"
#include "audit/audit.h"
#include "casework/case.h"
#include "casework/pdf.h"
#include "casework/printing_html.h"
#include "db/writer.h"
#include "paper/book.h"
#include "paper/give.h"
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>
#include <zip.h>

enum { RUNNING_MAX = 2, KEEP_MS = 3600000, SILENT_MS = 60000 };

static char url[600];
static atomic_int running;

void
printing_open(const char *db_url)
{
    snprintf(url, sizeof url, "%s", db_url);
}

/* ---- The job ---- */

struct job {
    struct arena arena;                 /* owns the job */
    struct printing_id id;
    struct who who;
    enum lang lang;
    struct str path;
    struct give given;                  /* what for, and to whom */
    struct case_id cases[PRINTING_MAX];
    size_t n;
    int64_t done, skipped;
    struct str state;
    struct case_id printed;             /* to be put on record with the next step; 0: none */
    struct disclosure whose;            /* of that case */
};

static bool
step(struct db *db, void *arg)
{
    struct job *j = arg;
    int64_t area = id_area(j->id.v);
    printing_step(db, .area = area, .id = j->id, .done = j->done, .skipped = j->skipped, .state = j->state, .at = instant_now());
    struct rq rq = { .arena = db_arena(db), .db = db, .who = j->who };
    if (j->printed.v == 0) return true;
    struct disclosure *d = give_answered(&rq, &j->given, j->whose.unit, "print");
    d->person = j->whose.person;
    d->case_ = j->printed;
    d->level = j->whose.level;
    d->fields = str_of(tr(LANG_ZH, T("个案工作案卷")));
    disclosure_note(&rq, d);
    audit_note(&rq, id_area(j->printed.v), "print", "case", j->printed.v, NULL, NO_STR);
    return true;
}

static bool
tell(struct job *j, struct str state, struct case_id printed)
{
    struct arena a = { 0 };
    j->state = state;
    j->printed = printed;
    bool kept = writer_run(&a, step, j);
    arena_clear(&a);
    return kept;
}

/* The whole file of one case, if the user may read it, as a temporary file in the job's arena.  NO_STR: he may not. */
static struct str
print_case(struct job *j, struct db *db, struct case_id id, struct str *name)
{
    struct arena a = { 0 };
    struct rq rq = { .arena = &a, .db = db, .who = j->who, .lang = j->lang, .ids = { id.v } };
    struct str path = NO_STR;
    rq.body = (struct buf){ .arena = &a, .lang = j->lang };
    db_begin(db, &a, DB_READ);
    if (case_scope(&rq) && case_may_read(&rq, case_of(&rq), 2) && pdf_case(&rq, case_of(&rq), &rq.body) && db_error(db) == NULL) {
        path = paper_temp(&j->arena);
        FILE *f = path.n ? fopen(path.p, "wb") : NULL;
        bool ok = f != NULL && fwrite(rq.body.p, 1, rq.body.n, f) == rq.body.n;
        if ((f != NULL && fclose(f) != 0) || !ok) path = NO_STR;
        *name = str_dup(&j->arena, pdf_name(&rq, "file", case_of(&rq)));
        const struct case_get_row *c = &case_of(&rq)->c;
        j->whose = (struct disclosure){ .unit = c->unit, .person = c->person, .level = c->level };
    }
    db_rollback(db);
    arena_clear(&a);
    return path;
}

static bool
pack(zip_t *z, struct str path, struct str name)
{
    zip_source_t *s = zip_source_file(z, path.p, 0, -1);
    zip_int64_t at = s ? zip_file_add(z, name.p, s, ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0 && s != NULL) zip_source_free(s);
    return at >= 0 && zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0;
}

static bool
print_all(struct job *j, struct db *db)
{
    zip_t *z = zip_open(j->path.p, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    bool ok = z != NULL;
    for (size_t i = 0; i < j->n && ok; i++) {
        struct str name, path = print_case(j, db, j->cases[i], &name);
        if (path.n) j->done++;
        else j->skipped++;
        ok = (path.n == 0 || pack(z, path, name)) && tell(j, STR("running"), path.n ? j->cases[i] : (struct case_id){ 0 });
    }
    if (z != NULL && (!ok || j->done == 0)) zip_discard(z);
    else ok = z != NULL && zip_close(z) == 0;
    return ok && j->done > 0;
}

static void *
thread(void *arg)
{
    struct job *j = arg;
    struct db *db = db_open(url);
    bool ok = db != NULL && print_all(j, db);
    if (db != NULL) db_close(db);
    tell(j, ok ? STR("done") : STR("failed"), (struct case_id){ 0 });
    struct arena a = j->arena;          /* it owns itself; the single files go with it */
    arena_clear(&a);
    atomic_fetch_sub(&running, 1);
    return NULL;
}

/* ---- Pages ---- */

/* What was chosen, as a JSON array. */
static struct str
ids_of(struct rq *rq)
{
    struct buf b = { .arena = rq->arena };
    int64_t id;
    LIT(&b, "[");
    for (size_t i = 0; i < rq->params_n; i++)
        if (str_is(rq->params[i].name, "id") && str_int(rq->params[i].value, &id)) putf(&b, "%s%lld", b.n > 1 ? "," : "", (long long)id);
    LIT(&b, "]");
    return buf_str(&b);
}

static size_t
chosen(struct rq *rq, struct printing_chosen_row **rows)
{
    return printing_chosen(rq->db, rows, rq->who.area, rq->who.focus, rq->who.user, ids_of(rq));
}

static enum http
confirm(struct rq *rq)
{
    struct printing_page v = { .rq = rq };
    v.n = chosen(rq, &v.chosen);
    rq->title = str_of(tr(rq->lang, T("批量打印")));
    printing_confirm_page(&rq->body, &v);
    return HTTP_OK;
}

static void
remove_old(struct rq *rq)
{
    struct printing_old_row *old;
    size_t n = printing_old(rq->db, &old, rq->who.area, (struct instant){ instant_now().ms - KEEP_MS });
    for (size_t i = 0; i < n; i++) {
        unlink(str_z(rq->arena, old[i].path));
        printing_forget(rq->db, rq->who.area, old[i].id);
    }
}

static enum http
start(struct rq *rq)
{
    struct printing_chosen_row *rows;
    struct arena a = { 0 };
    pthread_t t;
    size_t n = chosen(rq, &rows);
    if (n == 0) return rq_fail(rq, HTTP_INVALID, T("请先在列表中选择个案。"));
    if (atomic_load(&running) >= RUNNING_MAX) return rq_fail(rq, HTTP_TOO_MANY, T("正在打印其他案卷，请稍后再试。"));
    remove_old(rq);
    struct job *j = NEW(&a, struct job, 1);
    *j = (struct job){ .id = { id_next(rq->who.area) }, .who = rq->who, .lang = rq->lang, .n = n };
    j->who.name = str_dup(&a, rq->who.name);
    j->who.role = str_dup(&a, rq->who.role);
    const struct give *in = rq->form;
    j->given = (struct give){ str_dup(&a, in->give_purpose), str_dup(&a, in->give_receiver), str_dup(&a, in->give_basis), str_dup(&a, in->give_note) };
    j->path = paper_keep(&a);
    for (size_t i = 0; i < n; i++) j->cases[i] = rows[i].id;
    j->arena = a;
    if (j->path.n == 0) {
        arena_clear(&a);
        return HTTP_UNAVAILABLE;
    }
    struct printing_id id = j->id;
    printing_insert(rq->db, .area = rq->who.area, .id = id, .account = rq->who.user, .total = (int64_t)n,
                    .path = str_dup(rq->arena, j->path), .at = instant_now());
    atomic_fetch_add(&running, 1);
    if (pthread_create(&t, NULL, thread, j) != 0) log_fatal("cannot start to print");
    pthread_detach(t);
    return rq_redirect(rq, "/cases/printing/%lld", (long long)id.v);
}

static bool
mine(struct rq *rq)
{
    struct printing_page *v = NEW(rq->arena, struct printing_page, 1);
    *v = (struct printing_page){ .rq = rq, .id = { rq->ids[0] } };
    if (!printing_get(rq->db, &v->p, id_area(v->id.v), v->id) || v->p.account.v != rq->who.user.v) return false;
    v->stopped = str_is(v->p.state, "running") && v->p.seen_at.ms < instant_now().ms - SILENT_MS;
    rq->record = v;
    return true;
}

static enum http
show(struct rq *rq)
{
    rq->title = str_of(tr(rq->lang, T("批量打印")));
    printing_page(&rq->body, rq->record);
    return HTTP_OK;
}

static enum http
progress(struct rq *rq)
{
    const struct printing_page *v = rq->record;
    int64_t done = v->p.done + v->p.skipped;
    rq->type = STR("application/json");
    putf(&rq->body, "{\"done\":%lld,\"total\":%lld,\"text\":\"%lld / %lld\"", (long long)done, (long long)v->p.total, (long long)done,
         (long long)v->p.total);
    if (!str_is(v->p.state, "running") || v->stopped) putf(&rq->body, ",\"url\":\"/cases/printing/%lld\"", (long long)v->id.v);
    LIT(&rq->body, "}\n");
    return HTTP_OK;
}

static enum http
fetch(struct rq *rq)
{
    const struct printing_page *v = rq->record;
    if (!str_is(v->p.state, "done") || v->p.path.n == 0 || access(str_z(rq->arena, v->p.path), R_OK) != 0)
        return rq_fail(rq, HTTP_NOT_FOUND, T("文件已过期，请重新打印。"));
    char day[16];
    date_print(today(), day);
    rq->file = v->p.path;
    rq->type = STR("application/zip");
    rq->download = str_fmt(rq->arena, "files-%s.zip", day);
    return HTTP_OK;
}

const struct route printing_routes[] = {
    GET("/cases/print", CASE_READ, confirm, .title = T("批量打印")),
    POST("/cases/print", CASE_READ, start, .form = &give_form, .redraw = confirm, .title = T("批量打印")),
    GET("/cases/printing/:printing", CASE_READ, show, .scope = mine, .title = T("批量打印")),
    GET("/cases/printing/:printing/progress", CASE_READ, progress, .scope = mine, .title = T("打印进度")),
    GET("/cases/printing/:printing/file", CASE_READ, fetch, .scope = mine, .title = T("下载案卷")),
};
const size_t printing_routes_n = COUNT(printing_routes);
