/* nuan db distribute: the schema of a PostgreSQL database spread over the nodes of Citus. */
#include "db/spread.h"
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

const struct command spread_commands[] = {
    { "db distribute", NULL, "spread a PostgreSQL database over the nodes of Citus", distribute, NULL, 0 },
    { 0 },
};
