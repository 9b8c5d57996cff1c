#include "db/migrate.h"
#include "db/migrate_sql.h"
#include "db/plans.h"

char *
migration_text(struct arena *a, enum db_driver d, const char *sql)
{
    static const char *const marks[DB_DRIVERS] = { "-- sqlite: ", "-- postgres: " };
    struct buf b = { .arena = a };
    struct str rest = str_of(sql);

    while (rest.n) {
        struct str line = str_cut(&rest, '\n'), mark = str_of(marks[d]);
        const char *at = line.n ? memmem(line.p, line.n, mark.p, mark.n) : NULL;
        if (at != NULL) {                               /* what stands behind the mark counts on this engine */
            put(&b, line.p, (size_t)(at - line.p));
            put(&b, at + mark.n, line.n - (size_t)(at - line.p) - mark.n);
        } else {
            put_raw(&b, line);
        }
        LIT(&b, "\n");
    }
    put(&b, "", 1);
    return b.p;
}

static size_t
steps_done(struct db *db, struct arena *a, struct migrate_done_row **rows)
{
    struct migrate_exists_row there;
    db_begin(db, a, DB_READ);
    size_t n = migrate_exists(db, &there) && there.total > 0 ? migrate_done(db, rows) : 0;
    db_rollback(db);
    return n;
}

static bool
known(struct str name)
{
    for (size_t i = 0; i < migrations_n; i++)
        if (str_is(name, migrations[i].name)) return true;
    return false;
}

static bool
done_already(const struct migrate_done_row *done, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(done[i].name, name)) return true;
    return false;
}

/* A step that this program does not know; NO_STR when there is none. */
static struct str
newer(const struct migrate_done_row *done, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!known(done[i].name)) return done[i].name;
    return NO_STR;
}

const char *
migrate_wrong(struct db *db)
{
    struct arena a = { 0 };
    struct migrate_done_row *done = NULL;
    const char *wrong = NULL;
    size_t n = steps_done(db, &a, &done);
    if (db_error(db) != NULL) wrong = "the database does not answer";
    else if (newer(done, n).n) wrong = "the database is newer than this program";
    else if (n < migrations_n) wrong = "the database lacks steps of the schema";
    arena_clear(&a);
    return wrong;
}

bool
migrate(struct db *db)
{
    struct arena a = { 0 };
    struct migrate_done_row *done = NULL;
    size_t n = steps_done(db, &a, &done);
    struct str unknown = newer(done, n);
    bool ok = db_error(db) == NULL && unknown.n == 0;

    if (unknown.n)
        log_error("this database was made by a newer nuan (it has the step %.*s, this program knows steps up to %s): install that version"
                  " or a newer one; nothing was changed", FMT(unknown), migrations[migrations_n - 1].name);
    for (size_t i = 0; ok && i < migrations_n; i++) {
        if (done_already(done, n, migrations[i].name)) continue;
        db_begin(db, &a, DB_WRITE);
        db_exec(db, migration_text(&a, db_driver(db), migrations[i].sql));
        migrate_note(db, str_of(migrations[i].name), instant_now());
        plans_describe(db);
        ok = db_commit(db);
        if (!ok) log_error("migration %s failed", migrations[i].name);
    }
    arena_clear(&a);
    return ok;
}
