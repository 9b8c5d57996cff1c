/* The commands of the program: "nuan serve", "nuan migrate" … */
#ifndef NUAN_CLI_H
#define NUAN_CLI_H
#include "base/base.h"

struct cli;
struct cli_option { const char *name, *value, *help; };         /* value NULL: a switch */

struct command {
    const char *name;                   /* "user add" */
    const char *args;                   /* "FILE", shown in the help */
    const char *help;                   /* one line, English: for administrators */
    int (*run)(struct cli *);
    const struct cli_option *options;
    size_t options_n;
};

/* A parsed command line.  Options that every command knows: --db, --dir, --data. */
struct cli {
    const char *db_url;                 /* file path or postgresql://…; default DIR/nuan.db */
    const char *dir;                    /* keys, attachments, temporary files; default var */
    int argc;
    char **argv;                        /* what is left after the command's name and the options */
    const struct command *command;
    struct { const char *name, *value; } given[16];
    size_t given_n;
};
const char *cli_option(const struct cli *c, const char *name);  /* NULL when it was not given; "" for a switch */

/* Loads code tables, roles, forms and the key file; ends the program with a message when something is wrong. */
void cli_load(const struct cli *c);

/* Opens the database; ends the program with a message when it cannot be opened or (unless migrating) is not current. */
struct db *cli_db(const struct cli *c);

/* Runs one job in a transaction of its own; false: rolled back. */
struct db;
bool cli_write(struct db *db, bool (*run)(struct db *db, void *arg), void *arg);

/* Finds the command, parses, runs; the exit status. */
int cli_main(int argc, char **argv, const struct command *const *groups, size_t n);
#endif
