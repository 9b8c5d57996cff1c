#include "cli/cli.h"
#include "audit/chain.h"
#include "auth/role.h"
#include "base/data.h"
#include "files/attach.h"
#include "casework/casework.h"
#include "groupwork/group.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "form/doc.h"
#include "db/ids.h"
#include "db/migrate.h"
#include "network/profile.h"
#include "paper/book.h"
#include "rules/rule.h"
#include "seal/seal.h"
#include <errno.h>
#include <sys/stat.h>

static const struct cli_option common[] = {
    { "--db", "URL", "database: a file, or postgresql://… (default DIR/nuan.db, or NUAN_DB)" },
    { "--dir", "DIR", "keys, attachments and temporary files (default var, or NUAN_DIR)" },
    { "--data", "DIR", "read forms, codes and profiles from here instead of the built-in ones" },
};

const char *
cli_option(const struct cli *c, const char *name)
{
    for (size_t i = 0; i < c->given_n; i++)
        if (strcmp(c->given[i].name, name) == 0) return c->given[i].value;
    return NULL;
}

static void
print_options(const struct cli_option *o, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("  %s%s%-*s %s\n", o[i].name, o[i].value ? " " : "", (int)(22 - strlen(o[i].name)), o[i].value ? o[i].value : "", o[i].help);
}

static int
usage(const struct command *const *groups, size_t n)
{
    puts("usage: nuan COMMAND [OPTION …]\n\ncommands:");
    for (size_t g = 0; g < n; g++)
        for (const struct command *c = groups[g]; c->name != NULL; c++) printf("  %-18s %s\n", c->name, c->help);
    puts("\noptions of every command:");
    print_options(common, COUNT(common));
    puts("\nnuan COMMAND --help tells more.");
    return 0;
}

static int
help(const struct command *c)
{
    printf("usage: nuan %s %s[OPTION …]\n%s\n\noptions:\n", c->name, c->args ? c->args : "", c->help);
    print_options(c->options, c->options_n);
    print_options(common, COUNT(common));
    return 0;
}

/* How many words of argv the command's name takes; 0 when it is another command. */
static int
name_words(const struct command *c, int argc, char **argv)
{
    struct str rest = str_of(c->name);
    int n = 0;
    while (rest.n) {
        struct str word = str_cut(&rest, ' ');
        if (n >= argc || !str_is(word, argv[n])) return 0;
        n++;
    }
    return n;
}

static const struct cli_option *
known(const struct command *c, const char *name)
{
    for (size_t i = 0; i < COUNT(common); i++)
        if (strcmp(common[i].name, name) == 0) return &common[i];
    for (size_t i = 0; i < c->options_n; i++)
        if (strcmp(c->options[i].name, name) == 0) return &c->options[i];
    return NULL;
}

static void
parse(struct cli *cli, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        if (argv[i][0] != '-' || argv[i][1] == '\0') {
            cli->argv[cli->argc++] = argv[i];
            continue;
        }
        const struct cli_option *o = known(cli->command, argv[i]);
        if (o == NULL) die("nuan %s: unknown option %s (--help lists them)", cli->command->name, argv[i]);
        if (o->value != NULL && i + 1 == argc) die("nuan %s: %s needs a value", cli->command->name, argv[i]);
        if (cli->given_n == COUNT(cli->given)) die("too many options");
        cli->given[cli->given_n].name = o->name;
        cli->given[cli->given_n++].value = o->value ? argv[++i] : "";
    }
}

static const char *
otherwise(const char *a, const char *b, const char *c)
{
    return a != NULL && *a ? a : b != NULL && *b ? b : c;
}

/* Makes the work folder and those above it. */
static void
make_folder(struct arena *a, const char *path)
{
    char *z = str_z(a, str_of(path));
    for (char *p = z + 1; *z != '\0'; p++) {
        if (*p != '/' && *p != '\0') continue;
        char end = *p;
        *p = '\0';
        if (mkdir(z, 0700) != 0 && errno != EEXIST) die("cannot make the folder %s: %s", z, strerror(errno));
        *p = end;
        if (end == '\0') return;
    }
}

int
cli_main(int argc, char **argv, const struct command *const *groups, size_t n)
{
    const struct command *found = NULL;
    int words = 0;
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) return usage(groups, n);
    for (size_t g = 0; g < n; g++)
        for (const struct command *c = groups[g]; c->name != NULL; c++)
            if (name_words(c, argc - 1, argv + 1) > words) {
                found = c;
                words = name_words(c, argc - 1, argv + 1);
            }
    if (found == NULL) die("nuan: unknown command %s (nuan --help lists them)", argv[1]);
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) return help(found);
    struct arena a = { 0 };
    umask(077);                         /* all that is written holds what stations know of people */
    struct cli cli = { .command = found, .argv = NEW(&a, char *, argc + 1) };
    parse(&cli, argc - 1 - words, argv + 1 + words);
    cli.dir = otherwise(cli_option(&cli, "--dir"), getenv("NUAN_DIR"), "var");
    cli.db_url = otherwise(cli_option(&cli, "--db"), getenv("NUAN_DB"), str_fmt(&a, "%s/nuan.db", cli.dir).p);
    if (cli_option(&cli, "--data") != NULL) data_dir_set(cli_option(&cli, "--data"));
    make_folder(&a, cli.dir);
    int status = found->run(&cli);
    arena_clear(&a);
    return status;
}

void
cli_load(const struct cli *c)
{
    struct arena a = { 0 };
    if (!codes_load() || !catalogues_load() || !roles_load() || !docs_load() || !stages_load() || !group_stages_load() || !rules_load())
        die("the data files are not usable; see above");
    if (!seal_open(str_fmt(&a, "%s/nuan.key", c->dir).p)) die("the key file is not usable; see above");
    attach_dir_set(c->dir);
    paper_dir_set(c->dir);
    arena_clear(&a);
}

/* An older database has its first seals from the first program that knows them. */
static bool
seal_trail(struct db *db)
{
    struct arena a = { 0 };
    db_begin(db, &a, DB_WRITE);
    chain_seal(db, false);
    bool ok = db_commit(db);
    arena_clear(&a);
    return ok;
}

/* The program runs on the profiles that were loaded into the database. */
static void
take_profiles(struct db *db)
{
    struct arena a = { 0 };
    db_begin(db, &a, DB_READ);
    profiles_take(db);
    db_rollback(db);
    arena_clear(&a);
}

struct db *
cli_db(const struct cli *c)
{
    struct db *db = db_open(c->db_url);
    if (db == NULL) die("the database cannot be opened; see above");
    if (!migrate(db)) die("the database cannot be brought up to date; see above");
    if (seal_is_open() && !seal_bind(db))
        die("%s/nuan.key is not the key that this database was sealed with: put the right one there (it is never part of a backup)", c->dir);
    if (seal_is_open() && !seal_trail(db)) die("the trail cannot be sealed; see above");
    take_profiles(db);
    return db;
}

bool
cli_write(struct db *db, bool (*run)(struct db *, void *), void *arg)
{
    struct arena a = { 0 };
    if (!ids_refill(db)) return false;
    db_begin(db, &a, DB_WRITE);
    bool ok = run(db, arg);
    if (ok) ok = db_commit(db);
    else db_rollback(db);
    arena_clear(&a);
    return ok;
}
