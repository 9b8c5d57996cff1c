/* The schema, in numbered steps that are compiled into the program. */
#ifndef NUAN_MIGRATE_H
#define NUAN_MIGRATE_H
#include "db/db.h"

/* name: "0003_case"; sql: the text of the file.  Lines "-- sqlite: X" and "-- postgres: X" become X on that engine. */
struct migration { const char *name, *sql; };
extern const struct migration migrations[];
extern const size_t migrations_n;

/* Brings the database to the newest step, each step in a transaction; false and a logged reason on failure, also when the
 * database has a step of a newer program. */
bool migrate(struct db *db);

/* Why this database does not fit this program: it cannot be reached, lacks a step, or has one of a newer program; NULL when
 * it fits.  Outside any transaction. */
const char *migrate_wrong(struct db *db);

/* The text of one step for one engine, in the arena. */
char *migration_text(struct arena *a, enum db_driver d, const char *sql);
#endif
