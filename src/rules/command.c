/* nuan rules …, nuan profile … */
#include "base/data.h"
#include "cli/cli.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "network/profile_sql.h"
#include "rules/command.h"
#include "rules/profile_check.h"
#include "rules/run.h"
#include "view/view.h"

static void
load_data(void)
{
    if (!codes_load() || !catalogues_load() || !rules_load()) die("the data files are not usable; see above");
}

static const char *
argument(const struct cli *c)
{
    if (c->argc != 1) die("usage: nuan %s %s", c->command->name, c->command->args);
    return c->argv[0];
}

/* ---- Rules ---- */

static struct db *writing;

static bool
write_now(struct arena *a, bool (*run)(struct db *db, void *arg), void *arg)
{
    (void)a;
    return cli_write(writing, run, arg);
}

static int
run_rules(struct cli *c)
{
    size_t units = 0, changed = 0;
    load_data();
    struct db *db = cli_db(c);
    writing = cli_db(c);
    struct instant began = instant_now();
    bool ok = rules_run_all(db, write_now, today(), &units, &changed);
    db_close(writing);
    db_close(db);
    if (!ok) die("the database failed; see above");
    printf("%zu units looked at, %zu results changed, %.1f s\n", units, changed, (double)(instant_now().ms - began.ms) / 1000);
    return 0;
}

static int
list_rules(struct cli *c)
{
    size_t n;
    load_data();
    const struct rule *all = rules_all(&n);
    (void)c;
    for (size_t i = 0; i < n; i++) {
        struct arena a = { 0 };
        struct str sentence = rule_text(&a, all[i].en, &all[i], NULL);
        printf("%-22.*s %-8.*s %-8s %.*s\n", FMT(all[i].id), FMT(all[i].scope[0]), rule_state_code(all[i].unmet).p, FMT(sentence));
        arena_clear(&a);
    }
    return 0;
}

/* ---- Profiles ---- */

/* An argument with a slash or ".json" is a file; else a name of data/profiles/. */
static struct str
profile_text(struct arena *a, const char *arg, struct str *name)
{
    struct str path = str_of(arg);
    const char *slash = strrchr(arg, '/');
    *name = str_of(slash != NULL ? slash + 1 : arg);
    if (str_ends(*name, STR(".json"))) name->n -= 5;
    if (slash == NULL && !str_ends(path, STR(".json"))) return data_file(str_fmt(a, "profiles/%.*s.json", FMT(path)).p);
    struct buf b = { .arena = a };
    char part[4096];
    size_t n;
    FILE *f = fopen(arg, "rbe");
    if (f == NULL) return NO_STR;
    while ((n = fread(part, 1, sizeof part, f)) > 0) put(&b, part, n);
    fclose(f);
    return b.n ? buf_str(&b) : STR("");
}

/* Prints what is wrong as file:line: path: why. */
static size_t
tell_problems(struct arena *a, const char *arg, struct str *text, struct str *name)
{
    struct profile_problem *all;
    *text = profile_text(a, arg, name);
    if (text->p == NULL) die("there is no profile %s", arg);
    size_t n = profile_check(a, *text, *name, &all);
    if (strpbrk(arg, "/.") == NULL) arg = str_fmt(a, "data/profiles/%s.json", arg).p;
    for (size_t i = 0; i < n; i++)
        fprintf(stderr, "%s:%d: %.*s%s%.*s\n", arg, all[i].line, FMT(all[i].path), all[i].path.n ? ": " : "", FMT(all[i].why));
    return n;
}

static int
check_profile(struct cli *c)
{
    struct arena a = { 0 };
    struct str text, name;
    load_data();
    size_t n = tell_problems(&a, argument(c), &text, &name);
    if (n == 0) printf("%.*s is fit to be loaded\n", FMT(name));
    arena_clear(&a);
    return n > 0;
}

static bool
write_profile(struct db *db, void *arg)
{
    return profile_load(db, *(const struct str *)arg);
}

static int
load_profile(struct cli *c)
{
    struct arena a = { 0 };
    struct str text, name;
    load_data();
    if (tell_problems(&a, argument(c), &text, &name) > 0) die("nothing was changed: the profile that runs stays in force");
    struct db *db = cli_db(c);
    bool ok = cli_write(db, write_profile, &name);
    db_close(db);
    if (!ok) die("there is no usable profile %s", c->argv[0]);
    puts("loaded; a server that runs takes it at its next start");
    arena_clear(&a);
    return 0;
}

static size_t
running(struct cli *c, struct arena *a, struct profile_running_row **rows)
{
    struct db *db = cli_db(c);
    db_begin(db, a, DB_READ);
    size_t n = profile_running(db, rows);
    db_rollback(db);
    db_close(db);
    return n;
}

static int
list_profiles(struct cli *c)
{
    struct arena a = { 0 };
    struct str *names;
    struct profile_running_row *rows;
    size_t rows_n = running(c, &a, &rows), n = data_files(&a, "profiles/", &names);
    for (size_t i = 0; i < n; i++) {
        struct str code = { names[i].p + 9, names[i].n - 14 };              /* profiles/NAME.json */
        const struct profile *p = profile_of(code);
        const char *state = "";
        for (size_t k = 0; k < rows_n; k++)
            if (str_eq(rows[k].code, code)) state = str_eq(rows[k].doc, data_file(str_z(&a, names[i]))) ? "runs" : "runs, the file differs";
        printf("%-18.*s %-24s %s\n", FMT(code), state, p != NULL ? p->title_en : "(not usable: nuan profile check)");
    }
    arena_clear(&a);
    return 0;
}

static int
diff_profile(struct cli *c)
{
    struct arena a = { 0 };
    struct profile_running_row *rows;
    struct str name, text = profile_text(&a, argument(c), &name);
    size_t n = running(c, &a, &rows), k = 0;
    if (text.p == NULL) die("there is no profile %s", c->argv[0]);
    while (k < n && !str_eq(rows[k].code, name)) k++;
    if (k == n) die("the database does not run on %.*s", FMT(name));
    struct str diff = profile_diff(&a, rows[k].doc, text);
    printf("%.*s", FMT(diff));
    arena_clear(&a);
    return diff.n > 0;
}

const struct command rules_commands[] = {
    { "rules run", NULL, "ask all rules of all units now and keep the results", run_rules, NULL, 0 },
    { "rules list", NULL, "list the rules", list_rules, NULL, 0 },
    { "profile list", NULL, "list the profiles and which of them run", list_profiles, NULL, 0 },
    { "profile check", "NAME|FILE", "say what is wrong with a profile, with its line", check_profile, NULL, 0 },
    { "profile diff", "NAME|FILE", "what differs from the profile that runs", diff_profile, NULL, 0 },
    { "profile load", "NAME", "take the rules and names of a place into use", load_profile, NULL, 0 },
    { 0 },
};
