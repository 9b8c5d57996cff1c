/* nuan import people FILE --unit CODE: the same import without the pages. */
#include "db/writer.h"
#include "roster/cli_sql.h"
#include "roster/import_sql.h"
#include "roster/module.h"
#include "roster/work.h"
#include "view/view.h"
#include <time.h>

/* The first line whose cells are headings. */
static bool
guess(const char *path, struct roster_mapping *m, const char **why)
{
    struct arena a = { 0 };
    struct sheet_row row;
    struct sheet *s = sheet_open(&a, path, why);
    size_t best = 0;
    for (int line = 0; s != NULL && line < 10 && sheet_next(s, &a, &row); line++) {
        struct roster_mapping one = { .n = row.n, .header = row.line };
        size_t known = 0;
        for (size_t i = 0; i < row.n; i++) known += (one.field[i] = (uint8_t)roster_by_heading(row.cells[i])) != R_NONE;
        if (known > best) *m = one, best = known;
    }
    if (s != NULL && best == 0) *why = T("没有找到表头。");
    sheet_close(s);
    arena_clear(&a);
    return best > 0;
}

struct record { struct work *w; struct str file; };

static bool
insert(struct db *db, void *arg)
{
    const struct record *r = arg;
    return import_insert(db, .area = r->w->area, .id = r->w->id, .unit = r->w->unit, .by = r->w->user, .file_name = r->file,
                         .file_path = r->file, .mapping = roster_mapping_json(db_arena(db), &r->w->mapping),
                         .report_path = r->w->report, .at = instant_now()) == 1;
}

static void
print_report(const char *path)
{
    char line[600];
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        struct str rest = str_of(line), at = str_cut(&rest, report_mark[0]), field = str_cut(&rest, report_mark[0]);
        printf("%.*s\t%s\t%.*s", FMT(at), roster_label(roster_by_code(field), LANG_ZH), FMT(rest));
    }
    if (f != NULL) fclose(f);
}

static int
import_people(struct cli *c)
{
    struct arena a = { 0 };
    struct roster_mapping m = { 0 };
    struct cli_unit_row unit;
    struct cli_account_row account;
    struct person_villages_row *villages = NULL;
    const char *why = NULL, *code = cli_option(c, "--unit");
    bool dry = cli_option(c, "--dry-run") != NULL;
    struct timespec t0, t1;

    if (c->argc != 1 || code == NULL) die("usage: nuan import people FILE --unit CODE [--dry-run]");
    cli_load(c);
    struct db *db = cli_db(c);
    db_begin(db, &a, DB_READ);
    if (!cli_unit(db, &unit, str_of(code))) die("there is no open unit %s", code);
    if (!cli_account(db, &account, unit.id)) die("unit %s has no account that the import could belong to", code);
    size_t keep = 12;
    while (keep > 6 && unit.division.n == 12 && memcmp(unit.division.p + keep - 3, "000", 3) == 0) keep -= 3;
    struct str low = { unit.division.p, keep < unit.division.n ? keep : unit.division.n };
    size_t villages_n = person_villages(db, &villages, low, str_fmt(&a, "%.*s~", FMT(low)));
    db_rollback(db);
    if (!guess(c->argv[0], &m, &why)) die("%s: %s", c->argv[0], why);
    if (!writer_start(c->db_url, 2)) die("the database cannot be opened; see above");
    struct import_id id = { id_next(unit.area) };
    struct work *w = work_make(unit.area, id, unit.id, account.id, str_of(c->argv[0]), str_fmt(&a, "%s/import-%lld.report", c->dir, (long long)id.v),
                               &m, dry);
    w->villages = villages;
    w->villages_n = villages_n;
    struct record r = { w, str_of(c->argv[0]) };
    clock_gettime(CLOCK_MONOTONIC, &t0);
    bool ok = writer_run(&a, insert, &r) && work_run(w);
    clock_gettime(CLOCK_MONOTONIC, &t1);
    double seconds = (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9;
    if (w->bad + w->known > 0) print_report(str_z(&a, w->report));
    printf("%lld rows, %lld %s, %lld with problems, %lld known; %.2f s, %.0f rows/s\n", (long long)w->rows, (long long)w->good,
           dry ? "good" : "added", (long long)w->bad, (long long)w->known, seconds, (double)w->rows / (seconds > 0 ? seconds : 1));
    if (w->why != NULL) fprintf(stderr, "nuan: %s: %s\n", c->argv[0], w->why);
    work_free(w);
    writer_stop();
    db_close(db);
    arena_clear(&a);
    return ok ? 0 : 1;
}

static const struct cli_option options[] = {
    { "--unit", "CODE", "the station that serves these people" },
    { "--dry-run", NULL, "check and report only" },
};

const struct command roster_commands[] = {
    { "import people", "FILE ", "import a roster of people (.xlsx, .csv)", import_people, options, COUNT(options) },
    { 0 },
};
