#include "db/copy.h"
#include "db/copy_sql.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <libpq-fe.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The address without its password, which goes into the environment of the program instead of its command line. */
static char *
address(struct arena *a, const char *url)
{
    struct buf b = { .arena = a };
    char *why = NULL;
    PQconninfoOption *all = PQconninfoParse(url, &why);
    for (PQconninfoOption *o = all; o != NULL && o->keyword != NULL; o++) {
        if (o->val == NULL) continue;
        if (strcmp(o->keyword, "password") == 0) {
            setenv("PGPASSWORD", o->val, 1);
            continue;
        }
        putf(&b, "%s='", o->keyword);
        for (const char *p = o->val; *p; p++) putf(&b, "%s%c", *p == '\'' || *p == '\\' ? "\\" : "", *p);
        LIT(&b, "' ");
    }
    if (all == NULL) log_error("the address of the database: %s", why ? why : "not understood");
    PQfreemem(why);
    PQconninfoFree(all);
    put(&b, "", 1);
    return b.p;
}

static bool
run(const char *const *argv)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    if (pid < 0) log_error("cannot start %s: %s", argv[0], strerror(errno));
    if (pid < 0) return false;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    bool ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) log_error("%s is missing: install the package postgresql-client", argv[0]);
    else if (!ok) log_error("%s failed; its own message stands above", argv[0]);
    return ok;
}

enum db_there
db_there(const char *url, const char **why)
{
    struct arena a = { 0 };
    struct copy_tables_row tables = { 0 };
    if (!db_url_is_postgres(url)) {
        struct stat st;
        if (stat(url, &st) == 0) return st.st_size > 0 ? DB_FILLED : DB_EMPTY;
        if (errno != ENOENT) *why = strerror(errno);
        return errno == ENOENT ? DB_EMPTY : DB_UNKNOWN;
    }
    struct db *db = db_open(url);
    if (db == NULL) *why = "it cannot be reached; see above";
    if (db == NULL) return DB_UNKNOWN;
    db_begin(db, &a, DB_READ);
    bool ok = copy_tables(db, &tables);
    db_rollback(db);
    db_close(db);
    arena_clear(&a);
    if (!ok) *why = "it does not answer; see above";
    return !ok ? DB_UNKNOWN : tables.total > 0 ? DB_FILLED : DB_EMPTY;
}

static bool
copy_sqlite(const char *url, const char *file, void (*look)(struct db *, void *), void *arg)
{
    struct arena a = { 0 };
    struct buf sql = { .arena = &a };
    struct db *db = db_open(url);
    if (db == NULL) return false;
    LIT(&sql, "VACUUM INTO '");
    for (const char *p = file; *p; p++) put(&sql, *p == '\'' ? "''" : p, *p == '\'' ? 2 : 1);
    put(&sql, "'", 2);
    bool ok = db_exec(db, sql.p);
    db_close(db);
    db = ok ? db_open(file) : NULL;
    if (db != NULL) {
        ok = db_exec(db, "PRAGMA journal_mode = DELETE");       /* one file, without a log beside it */
        db_begin(db, &a, DB_READ);
        look(db, arg);
        ok = ok && db_error(db) == NULL;
        db_rollback(db);
    }
    ok = ok && db != NULL;
    db_close(db);
    arena_clear(&a);
    return ok;
}

static bool
copy_postgres(const char *url, const char *file, void (*look)(struct db *, void *), void *arg)
{
    struct arena a = { 0 };
    struct copy_snapshot_row snapshot;
    struct db *db = db_open(url);
    if (db == NULL) return false;
    db_begin(db, &a, DB_READ);
    bool ok = db_exec(db, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ") && copy_snapshot(db, &snapshot);
    if (ok) {
        const char *const argv[] = { "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-password",
            "--file", file, "--snapshot", str_z(&a, snapshot.id), "--dbname", address(&a, url), NULL };
        ok = run(argv);
        look(db, arg);
        ok = ok && db_error(db) == NULL;
    }
    db_rollback(db);
    db_close(db);
    arena_clear(&a);
    return ok;
}

bool
db_copy(const char *url, const char *file, void (*look)(struct db *db, void *arg), void *arg)
{
    bool ok = db_url_is_postgres(url) ? copy_postgres(url, file, look, arg) : copy_sqlite(url, file, look, arg);
    if (!ok) unlink(file);
    return ok;
}

static bool
sync_folder_of(struct arena *a, const char *file)
{
    int fd = open(dirname(str_z(a, str_of(file))), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return ok;
}

/* With its log: the last writes of a database may stand only there.  One that is not there counts as moved. */
static bool
move(const char *from, const char *to)
{
    return rename(from, to) == 0 || errno == ENOENT;
}

static bool
restore_sqlite(const char *url, const char *file)
{
    struct arena a = { 0 };
    const char *wal = str_fmt(&a, "%s-wal", url).p, *old = str_fmt(&a, "%s.replaced", url).p, *old_wal = str_fmt(&a, "%s-wal", old).p;
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    if (ok) unlink(old_wal);
    ok = ok && move(wal, old_wal) && move(url, old) && rename(file, url) == 0;
    if (!ok) log_error("cannot put the database at %s: %s", url, strerror(errno));
    else unlink(str_fmt(&a, "%s-shm", url).p);
    ok = ok && sync_folder_of(&a, url);
    arena_clear(&a);
    return ok;
}

static bool
load_postgres(struct db *db, const char *url, const char *file, bool replace)
{
    struct arena a = { 0 };
    const char *const argv[] = { "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--no-password",
        "--dbname", address(&a, url), file, NULL };
    bool ok = db_exec(db, replace ? "BEGIN; ALTER SCHEMA public RENAME TO nuan_replaced; CREATE SCHEMA public; COMMIT" : "SELECT 1");
    if (ok && !run(argv)) {
        ok = false;
        if (replace) db_exec(db, "BEGIN; DROP SCHEMA public CASCADE; ALTER SCHEMA nuan_replaced RENAME TO public; COMMIT");
    } else if (ok && replace) {
        ok = db_exec(db, "DROP SCHEMA nuan_replaced CASCADE");
    }
    arena_clear(&a);
    return ok;
}

static bool
restore_postgres(const char *url, const char *file, bool replace)
{
    struct arena a = { 0 };
    struct copy_others_row others = { 0 };
    struct db *db = db_open(url);
    if (db == NULL) return false;
    db_begin(db, &a, DB_READ);
    bool ok = copy_others(db, &others);
    db_rollback(db);
    if (ok && others.total > 0) log_error("%lld others use this database now: stop the servers first", (long long)others.total);
    ok = ok && others.total == 0 && load_postgres(db, url, file, replace);
    db_close(db);
    arena_clear(&a);
    return ok;
}

bool
db_restore(const char *url, const char *file, bool replace)
{
    return db_url_is_postgres(url) ? restore_postgres(url, file, replace) : restore_sqlite(url, file);
}
