#include "operate/check.h"
#include "audit/chain.h"
#include "files/attach.h"
#include "operate/check_sql.h"
#include "operate/rotate.h"
#include "people/person.h"
#include "seal/seal.h"
#include "tally/tally.h"
#include "tally/tally_sql.h"
#include <errno.h>
#include <sys/stat.h>

static void
tell_counter(void *arg, const struct tally_differences_row *r)
{
    char day[16];
    date_print(r->day, day);
    fprintf(arg, "unit %lld  %s  %.*s: the counter says %lld, the records say %lld\n", (long long)r->unit.v, day, FMT(r->measure),
            (long long)r->kept, (long long)r->counted);
}

static int64_t
pages(struct db *db, FILE *out)
{
    struct check_pages_row *rows;
    size_t n = check_pages(db, &rows);
    for (size_t i = 0; i < n; i++) fprintf(out, "database: %.*s\n", FMT(rows[i].text));
    return (int64_t)n;
}

static int64_t
references(struct db *db, FILE *out)
{
    struct check_references_row *rows;
    size_t n = check_references(db, &rows);
    for (size_t i = 0; i < n; i++) fprintf(out, "reference: %.*s\n", FMT(rows[i].text));
    return (int64_t)n;
}

static int64_t
cases(struct db *db, FILE *out)
{
    struct check_case_totals_row *rows;
    size_t n = check_case_totals(db, &rows);
    for (size_t i = 0; i < n; i++)
        fprintf(out, "case %.*s: it says %lld contacts and %lld minutes, its records say %lld and %lld\n", FMT(rows[i].no),
                (long long)rows[i].contacts, (long long)rows[i].minutes, (long long)rows[i].counted, (long long)rows[i].counted_minutes);
    return (int64_t)n;
}

static int64_t
trees(struct db *db, FILE *out)
{
    struct check_trees_row *rows;
    size_t n = check_trees(db, &rows);
    for (size_t i = 0; i < n; i++)
        fprintf(out, "unit %.*s: it says %lld open units of level %.*s below it, the tree says %lld\n", FMT(rows[i].name),
                (long long)rows[i].kept, FMT(rows[i].level), (long long)rows[i].counted);
    return (int64_t)n;
}

static bool
file_right(struct arena *a, const struct check_files_row *r, FILE *out)
{
    struct str path = attach_path(a, r->hash);
    struct stat st;
    const char *wrong = NULL;
    if (stat(path.p, &st) != 0) wrong = errno == ENOENT ? "is missing" : strerror(errno);
    else if (st.st_size != r->size) wrong = "has another size than the database says";
    else if (!str_eq(attach_hash(a, path.p), r->hash)) wrong = "was changed: its content does not fit its name";
    if (wrong != NULL) fprintf(out, "attachment %s %s\n", path.p, wrong);
    return wrong == NULL;
}

static int64_t
files(struct db *db, FILE *out)
{
    struct check_files_row *rows;
    struct str after = STR("");
    int64_t wrong = 0;
    size_t n;
    do {
        n = check_files(db, &rows, after);
        struct arena a = { 0 };
        for (size_t i = 0; i < n; i++) wrong += !file_right(&a, &rows[i], out);
        if (n) after = rows[n - 1].hash;
        arena_clear(&a);
    } while (n == 1000);
    return wrong;
}

static int64_t
sealed(struct db *db, FILE *out)
{
    struct arena a = { 0 };
    struct check_sealed_row *rows;
    size_t n = check_sealed(db, &rows);
    int64_t wrong = 0;
    for (size_t i = 0; i < n; i++) wrong += unseal(&a, SEAL_IDNO, rows[i].idno).p == NULL;
    if (wrong) fprintf(out, "%lld of the %zu newest sealed numbers do not open with this key\n", (long long)wrong, n);
    int64_t left = rotate_left(db);
    bool changing = !str_eq(seal_of_db(db), seal_fingerprint(&a)) || seal_generations() > 1;
    if (left && changing) fprintf(out, "%lld values are still sealed with an older key: \"nuan key rotate\" goes on with them\n", (long long)left);
    else if (left) fprintf(out, "%lld values are sealed with a key that is not in the key file\n", (long long)left);
    if (!changing) wrong += left;
    arena_clear(&a);
    return wrong;
}

bool
check_all(struct db *db, FILE *out, struct check_result *r)
{
    struct arena a = { 0 };
    db_begin(db, &a, DB_READ);
    *r = (struct check_result){ .pages = pages(db, out), .references = references(db, out), .cases = cases(db, out) };
    r->counters = (int64_t)tally_check(db, tell_counter, out) + trees(db, out);
    r->files = files(db, out);
    r->sealed = sealed(db, out);
    r->trail = chain_check(db, out);
    bool ok = db_error(db) == NULL;
    if (!ok) fprintf(out, "database: %s\n", db_error(db));
    db_rollback(db);
    arena_clear(&a);
    return ok && r->pages + r->references + r->cases + r->counters + r->files + r->sealed + r->trail == 0;
}
