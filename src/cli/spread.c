/* nuan db copy: from a SQLite file to PostgreSQL.  nuan db distribute: a PostgreSQL database over the nodes of Citus. */
#include "db/migrate.h"
#include "db/spread.h"
#include "db/transfer.h"
#include "cli/cli.h"
#include "cli/serve.h"

static int
distribute(struct cli *c)
{
    struct db *db = cli_db(c);
    bool done = spread_by_area(db);
    if (done) puts("Every table is distributed by area_id or a reference table. Run this again after an update that adds tables.");
    db_close(db);
    return done ? 0 : 1;
}

static int
copy(struct cli *c)
{
    const char *url = cli_option(c, "--to"), *why;
    int64_t rows;
    if (url == NULL) die("usage: nuan db copy --to postgresql://…");
    struct db *from = cli_db(c), *to = db_open(url);
    if (to == NULL || !migrate(to)) die("the PostgreSQL database cannot be used; see above");
    bool done = transfer(from, to, &rows, &why);
    if (done) printf("%lld rows copied. Take the folder %s with its key and its files along, and serve it with --db.\n", (long long)rows, c->dir);
    else fprintf(stderr, "nuan: %s\n", why);
    db_close(to);
    db_close(from);
    return done ? 0 : 1;
}

static const struct cli_option copy_options[] = {
    { "--to", "URL", "an empty PostgreSQL database" },
};

const struct command spread_commands[] = {
    { "db copy", NULL, "copy a SQLite database into an empty PostgreSQL database", copy, copy_options, COUNT(copy_options) },
    { "db distribute", NULL, "spread a PostgreSQL database over the nodes of Citus", distribute, NULL, 0 },
    { 0 },
};
