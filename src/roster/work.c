#include "roster/work.h"
#include "audit/audit.h"
#include "codes/text.h"
#include "db/writer.h"
#include "people/category_sql.h"
#include "people/household_sql.h"
#include "people/member_sql.h"
#include "people/named_sql.h"
#include "people/person.h"
#include "people/person_sql.h"
#include "roster/running.h"
#include "roster/work_sql.h"
#include "seal/seal.h"
#include "tally/tally.h"
#include "view/view.h"
#include <pthread.h>

enum { CHUNK_ROWS = 6000, KEYS_FIRST = 1 << 16 };

const char report_mark[] = "\t";

/* Numbers and households that were seen: a table of hashes that doubles. */
struct roster_key { uint64_t hash; struct roster_household *household; };
struct roster_household { struct household_id id; struct str no; bool made; };
struct roster_keys { struct roster_key *all; size_t n, cap; };

/* What the writer gets: up to CHUNK_ROWS good rows in an arena of their own. */
struct chunk {
    struct arena arena;
    struct work *work;
    struct roster_person *p;
    struct prepared {
        struct person_id id;
        struct roster_household *household;
        struct str idno_sealed, idno_hash, idno_before, phone_sealed, phone_hash, address_sealed;
        struct str *terms;
        size_t terms_n;
        bool known;                     /* not written: he is in the register already */
    } *prepared;
    size_t n;
    struct chunk_term { struct str term; size_t row; } *terms;  /* of all, in the order of their table */
    size_t terms_n;
    int64_t read;                       /* rows read so far */
    struct instant at;                  /* when it is written */
    /* waiting for the writer */
    struct write_job job;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool busy, kept;
};

static uint64_t
hash_of(const char *kind, struct str s)
{
    uint64_t h = UINT64_C(1469598103934665603);
    for (; *kind; kind++) h = (h ^ (unsigned char)*kind) * UINT64_C(1099511628211);
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
    return h ? h : 1;
}

/* The entry of a hash, made when it is new (its hash was 0: *fresh). */
static struct roster_key *
key_get(struct work *w, uint64_t hash, bool *fresh)
{
    struct roster_keys *k = w->keys;
    if (k->n * 2 >= k->cap) {
        struct roster_keys grown = { NEW(&w->arena, struct roster_key, k->cap ? k->cap * 2 : KEYS_FIRST), 0, k->cap ? k->cap * 2 : KEYS_FIRST };
        for (size_t i = 0; i < k->cap; i++) {
            size_t at = k->all[i].hash & (grown.cap - 1);
            if (k->all[i].hash == 0) continue;
            while (grown.all[at].hash != 0) at = (at + 1) & (grown.cap - 1);
            grown.all[at] = k->all[i];
        }
        grown.n = k->n;
        *k = grown;
    }
    size_t at = hash & (k->cap - 1);
    while (k->all[at].hash != 0 && k->all[at].hash != hash) at = (at + 1) & (k->cap - 1);
    *fresh = k->all[at].hash == 0;
    k->n += *fresh;
    k->all[at].hash = hash;
    return &k->all[at];
}

/* ---- On the writer's thread ---- */

static int
by_hash(const void *a, const void *b)
{
    const struct work_known_row *x = a, *y = b;
    return str_cmp(x->hash, y->hash);
}

static void
mark_known(struct db *db, struct chunk *c)
{
    struct work_known_row *rows = NULL;
    struct buf b = { .arena = &c->arena };
    LIT(&b, "[");
    for (size_t i = 0; i < c->n; i++)
        if (c->prepared[i].idno_hash.n)
            putf(&b, "%s\"%.*s\",\"%.*s\"", b.n > 1 ? "," : "", FMT(c->prepared[i].idno_hash), FMT(c->prepared[i].idno_before));
    LIT(&b, "]");
    size_t n = b.n > 2 ? work_known(db, &rows, c->work->area, buf_str(&b)) : 0;
    if (n > 0) qsort(rows, n, sizeof *rows, by_hash);
    for (size_t i = 0; n > 0 && i < c->n; i++) {
        struct work_known_row mine = { c->prepared[i].idno_hash }, before = { c->prepared[i].idno_before };
        c->prepared[i].known = mine.hash.n && (bsearch(&mine, rows, n, sizeof *rows, by_hash) != NULL
                                               || bsearch(&before, rows, n, sizeof *rows, by_hash) != NULL);
    }
}

/* The household's file: the one that is there already, or a new one. */
static struct household_id
household_of(struct db *db, struct chunk *c, size_t i)
{
    struct work *w = c->work;
    struct roster_household *h = c->prepared[i].household;
    struct household_by_no_row there;
    if (h == NULL) return (struct household_id){ 0 };
    if (h->made) return h->id;
    h->id = (struct household_id){ id_next(w->area) };
    h->made = true;
    if (household_insert(db, .area = w->area, .id = h->id, .no = h->no, .unit = w->unit, .division = c->p[i].division,
                         .address_sealed = c->prepared[i].address_sealed, .opened_on = today(), .import = w->id) == 0
        && household_by_no(db, &there, w->area, h->no))
        h->id = there.id;
    return h->id;
}

static int
by_term(const void *a, const void *b)
{
    const struct chunk_term *x = a, *y = b;
    int order = str_cmp(x->term, y->term);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* In the order of the table, so that neighbours are written together. */
static void
sort_terms(struct chunk *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) n += c->prepared[i].terms_n;
    c->terms = NEW(&c->arena, struct chunk_term, n + 1);
    c->terms_n = 0;
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->prepared[i].terms_n; k++) c->terms[c->terms_n++] = (struct chunk_term){ c->prepared[i].terms[k], i };
    qsort(c->terms, c->terms_n, sizeof *c->terms, by_term);
}

static void
put_terms(struct db *db, const struct chunk *c)
{
    for (size_t i = 0; i < c->terms_n; i++) {
        const struct prepared *x = &c->prepared[c->terms[i].row];
        if (!x->known) term_insert(db, c->work->area, c->work->unit, c->terms[i].term, x->id);
    }
}

static void
put_categories(struct db *db, struct chunk *c, size_t i)
{
    const struct roster_person *p = &c->p[i];
    struct work *w = c->work;
    for (size_t k = 0; k < p->categories; k++)
        category_insert(db, .area = w->area, .id = { id_next(w->area) }, .person = c->prepared[i].id, .category = p->category[k],
                        .from_on = today(), .to_on = NO_DATE, .source = STR("list"), .checked_on = NO_DATE);
    if (p->level >= 4)
        named_insert(db, .area = w->area, .person = c->prepared[i].id, .account = w->user, .on = today(), .by = w->user, .reason = STR("category"));
}

static void
put_person(struct db *db, struct chunk *c, size_t i)
{
    const struct roster_person *p = &c->p[i];
    const struct prepared *x = &c->prepared[i];
    struct work *w = c->work;
    struct household_id household = household_of(db, c, i);
    char categories[ROSTER_CATEGORIES_MAX * 4 + 1] = "";
    for (size_t k = 0; k < p->categories; k++) snprintf(categories + strlen(categories), 5, "%s%.3s", k ? "," : "", p->category[k].p);
    if (person_insert(db, .area = w->area, .id = x->id, .unit = w->unit, .household = household, .name = p->name,
                      .pinyin = p->pinyin.n ? p->pinyin : STR(""), .sex = p->sex.n ? p->sex : STR("9"), .born = p->born, .died_on = NO_DATE,
                      .id_type = x->idno_hash.n ? STR("111") : NO_STR, .idno_sealed = x->idno_sealed, .idno_hash = x->idno_hash,
                      .phone_sealed = x->phone_sealed, .phone_hash = x->phone_hash, .division = p->division,
                      .address_sealed = x->address_sealed, .ethnic = p->ethnic, .categories = str_of(categories), .level = p->level,
                      .note = p->note, .import = w->id, .at = c->at) == 0) {
        c->prepared[i].known = true;    /* registered by somebody else a moment ago */
        return;
    }
    if (household.v)
        member_insert(db, .area = w->area, .id = { id_next(w->area) }, .household = household, .person = x->id,
                      .relation = p->relation.n ? p->relation : STR("99"), .from_on = today());
    put_categories(db, c, i);
}

static bool
write_chunk(struct db *db, void *arg)
{
    struct chunk *c = arg;
    mark_known(db, c);
    if (!c->work->dry) {
        int64_t added = 0;
        c->at = instant_now();          /* one for the rows and their counter, also at midnight */
        for (size_t i = 0; i < c->n; i++) {
            if (c->prepared[i].known) continue;
            put_person(db, c, i);
            added += !c->prepared[i].known;
        }
        put_terms(db, c);
        tally_add(db, c->work->area, c->work->unit, instant_date(c->at), "person.registered", added);
    }
    work_progress(db, c->work->area, c->work->id, c->read, id_next(c->work->area));
    return true;
}

static void
chunk_done(void *arg, bool kept)
{
    struct chunk *c = arg;
    pthread_mutex_lock(&c->lock);
    c->busy = false;
    c->kept = kept;
    pthread_cond_signal(&c->wake);
    pthread_mutex_unlock(&c->lock);
}

/* ---- On the thread that reads ---- */

static void
note(FILE *report, int64_t line, enum roster_field f, const char *why)
{
    fprintf(report, "%lld%s%s%s%s\n", (long long)line, report_mark, roster_code(f), report_mark, why);
}

/* Waits until a chunk is written and counts what became of it. */
static bool
chunk_wait(struct chunk *c, FILE *report)
{
    if (c->work == NULL) return true;
    pthread_mutex_lock(&c->lock);
    while (c->busy) pthread_cond_wait(&c->wake, &c->lock);
    pthread_mutex_unlock(&c->lock);
    struct work *w = c->work;
    for (size_t i = 0; c->kept && i < c->n; i++) {
        if (c->prepared[i].known) note(report, c->p[i].line, R_IDNO, roster_known);
        w->known += c->prepared[i].known;
        w->good += !c->prepared[i].known;
    }
    if (!c->kept) w->why = T("数据库暂时无法写入，请稍后再试。");
    arena_clear(&c->arena);
    c->work = NULL;
    return c->kept;
}

static void
chunk_begin(struct chunk *c, struct work *w)
{
    c->work = w;
    c->n = 0;
    c->p = NEW(&c->arena, struct roster_person, CHUNK_ROWS);
    c->prepared = NEW(&c->arena, struct prepared, CHUNK_ROWS);
}

static void
chunk_send(struct chunk *c, int64_t read)
{
    sort_terms(c);
    c->read = read;
    c->busy = true;
    c->job = (struct write_job){ .arena = &c->arena, .run = write_chunk, .done = chunk_done, .arg = c };
    writer_submit(&c->job);
}

/* Whoever stands twice in the list is taken once: by number, or by name, birth date and household. */
static bool
twice(struct work *w, struct arena *a, const struct roster_person *p)
{
    bool fresh;
    char born[16];
    if (p->idno.n == 0 && !date_known(p->born)) return false;
    date_print(p->born, born);
    struct str key = p->idno.n ? p->idno : str_fmt(a, "%.*s/%s/%.*s", FMT(p->name), born, FMT(p->household));
    key_get(w, hash_of(p->idno.n ? "i" : "n", key), &fresh);
    return !fresh;
}

static struct roster_household *
household_key(struct work *w, struct str no)
{
    bool fresh;
    if (no.n == 0) return NULL;
    struct roster_key *k = key_get(w, hash_of("h", no), &fresh);
    if (fresh) {
        k->household = NEW(&w->arena, struct roster_household, 1);
        k->household->no = str_dup(&w->arena, no);
    }
    return k->household;
}

/* What the writer needs of a row as it was read; what is sealed stays behind. */
static void
keep_person(struct arena *a, struct roster_person *to, const struct roster_person *from)
{
    *to = *from;
    to->idno = to->phone = to->address = NO_STR;
    struct str *const texts[] = { &to->name, &to->sex, &to->ethnic, &to->household, &to->relation, &to->division, &to->note, &to->pinyin };
    for (size_t i = 0; i < COUNT(texts); i++) *texts[i] = str_dup(a, *texts[i]);
    for (size_t i = 0; i < to->categories; i++) to->category[i] = str_dup(a, to->category[i]);
}

/* Everything that costs time and needs no database.  a: for this row only. */
static void
prepare(struct work *w, struct chunk *c, struct arena *a, const struct roster_person *p)
{
    struct prepared *x = &c->prepared[c->n];
    struct arena *keep = &c->arena;
    if (p->idno.n) {
        x->idno_hash = str_dup(keep, seal_hash(a, SEAL_IDNO, p->idno));
        x->idno_before = str_dup(keep, seal_hash_before(a, SEAL_IDNO, p->idno));
    }
    c->p[c->n++].line = p->line;
    if (w->dry) return;
    x->id = (struct person_id){ id_next(w->area) };
    x->household = household_key(w, p->household);
    x->idno_sealed = str_dup(keep, seal(a, SEAL_IDNO, p->idno));
    x->phone_sealed = str_dup(keep, seal(a, SEAL_PHONE, p->phone));
    if (p->phone.n) x->phone_hash = str_dup(keep, seal_hash(a, SEAL_PHONE, p->phone));
    x->address_sealed = str_dup(keep, seal(a, SEAL_ADDRESS, p->address));
    struct str *terms;
    x->terms_n = text_terms(a, p->name, p->pinyin, &terms);
    x->terms = NEW(keep, struct str, x->terms_n + 1);
    for (size_t i = 0; i < x->terms_n; i++) x->terms[i] = str_dup(keep, terms[i]);
    keep_person(keep, &c->p[c->n - 1], p);
}

static void
take_row(struct work *w, struct chunk *c, struct arena *a, const struct sheet_row *row, FILE *report)
{
    struct roster_problem problems[ROSTER_PROBLEMS_MAX];
    struct roster_person p;
    if (row->line <= w->mapping.header || roster_empty(&w->mapping, row)) return;
    w->rows++;
    size_t n = roster_check(a, &w->mapping, row, w->villages, w->villages_n, &p, problems);
    if (n == 0 && twice(w, a, &p)) problems[n++] = (struct roster_problem){ R_NAME, roster_twice };
    for (size_t i = 0; i < n; i++) note(report, row->line, problems[i].field, problems[i].why);
    if (n == 0) prepare(w, c, a, &p);
    else w->bad++;
}

static bool
run_rows(struct work *w, struct sheet *s, FILE *report)
{
    struct chunk chunks[2] = { { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER },
                               { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER } };
    struct sheet_row row;
    struct arena a = { 0 };             /* of one row */
    bool ok = true, more = true;
    size_t at = 0, tried = 0;
    chunk_begin(&chunks[0], w);
    while (ok && more) {
        arena_clear(&a);
        more = sheet_next(s, &a, &row);
        if (more) take_row(w, &chunks[at], &a, &row, report);
        if (more && chunks[at].n < CHUNK_ROWS && ++tried < CHUNK_ROWS * 4) continue;
        tried = 0;
        chunk_send(&chunks[at], w->rows);
        at ^= 1;
        ok = chunk_wait(&chunks[at], report);
        if (ok && more) chunk_begin(&chunks[at], w);
    }
    bool last = chunk_wait(&chunks[at ^ 1], report);
    arena_clear(&chunks[at].arena);
    arena_clear(&a);
    if (sheet_why(s) != NULL) w->why = sheet_why(s);
    return ok && last && sheet_why(s) == NULL;
}

/* A batch touches pages of every index: more of them stay in memory while it runs. */
static void
tune(struct db *db, bool batch)
{
    if (db_driver(db) != DB_SQLITE) return;
    db_exec(db, batch ? "PRAGMA cache_size=-24000; PRAGMA wal_autocheckpoint=40000;"
                      : "PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000; PRAGMA shrink_memory;");
}

static bool
claim(struct db *db, void *arg)
{
    const struct work *w = arg;
    tune(db, true);
    return work_claim(db, w->area, w->id, w->dry ? STR("checking") : STR("running"), id_next(w->area)) == 1;
}

static bool
finish(struct db *db, void *arg)
{
    const struct work *w = arg;
    tune(db, false);
    const char *state = w->why ? (w->dry ? "mapping" : "failed") : w->dry ? "checked" : "done";
    work_finish(db, .area = w->area, .id = w->id, .state = str_of(state), .rows_n = w->rows, .good = w->good, .bad = w->bad,
                .known = w->known, .why = str_of(w->why), .at = instant_now());
    if (!w->dry)
        audit_note_job(db, w->area, "import", "import", "import", w->id.v, str_fmt(db_arena(db), "{\"added\":%lld}", (long long)w->good));
    return true;
}

bool
work_run(struct work *w)
{
    struct arena a = { 0 };
    w->keys = NEW(&w->arena, struct roster_keys, 1);
    bool claimed = writer_run(&a, claim, w);
    FILE *report = claimed ? fopen(str_z(&a, w->report), "w") : NULL;
    struct sheet *s = report ? sheet_open(&a, str_z(&a, w->path), &w->why) : NULL;
    if (claimed && report == NULL) w->why = T("工作文件夹无法写入。");
    bool ok = s != NULL && run_rows(w, s, report);
    if (ok && w->rows == 0) w->why = T("表头下面没有内容。");
    if (report != NULL && fclose(report) != 0 && w->why == NULL) w->why = T("工作文件夹无法写入。");
    sheet_close(s);
    if (claimed) writer_run(&a, finish, w);
    arena_clear(&a);
    return claimed && ok && w->why == NULL;
}

/* ---- On a thread of its own ---- */

struct work *
work_make(int64_t area, struct import_id id, struct unit_id unit, struct user_id user, struct str path, struct str report,
          const struct roster_mapping *m, bool dry)
{
    struct arena a = { 0 };
    struct work *w = NEW(&a, struct work, 1);
    *w = (struct work){ .area = area, .id = id, .unit = unit, .user = user, .path = str_dup(&a, path), .report = str_dup(&a, report),
                        .mapping = *m, .dry = dry };
    w->arena = a;
    return w;
}

void
work_free(struct work *w)
{
    struct arena a = w->arena;          /* it owns itself */
    arena_clear(&a);
}

static void
run_and_free(void *arg)
{
    struct work *w = arg;
    work_run(w);
    work_free(w);
}

bool
work_start(struct work *w)
{
    if (running_start(w->id, run_and_free, w)) return true;
    work_free(w);
    return false;
}
