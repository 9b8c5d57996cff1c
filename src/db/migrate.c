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

bool
migrate(struct db *db)
{
    struct arena a = { 0 };
    struct migrate_done_row *done = NULL;
    size_t n = steps_done(db, &a, &done);
    bool ok = true;

    for (size_t i = 0; ok && i < migrations_n; i++) {
        bool in = false;
        for (size_t k = 0; k < n; k++) in = in || str_is(done[k].name, migrations[i].name);
        if (in) continue;
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
