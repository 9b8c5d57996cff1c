/* nuan init, divisions import, user …. */
#include "auth/password.h"
#include "auth/role.h"
#include "auth/user.h"
#include "cli/cli.h"
#include "codes/division.h"
#include "network/command_sql.h"
#include "network/divisions.h"
#include "network/network.h"
#include "view/view.h"

/* A date option; today when it was not given. */
static struct date
day_option(const struct cli *c, const char *name)
{
    struct date day = today();
    const char *text = cli_option(c, name);
    if (text != NULL && !date_parse(str_of(text), &day)) die("%s: not a date: %s", name, text);
    return day;
}

static const char *
needed(const struct cli *c, const char *name)
{
    const char *v = cli_option(c, name);
    if (v == NULL || *v == '\0') die("nuan %s: %s is needed (--help tells more)", c->command->name, name);
    return v;
}

static const char *
argument(const struct cli *c)
{
    if (c->argc != 1) die("usage: nuan %s %s", c->command->name, c->command->args);
    return c->argv[0];
}

static int
import_divisions(struct cli *c)
{
    struct divisions_report r;
    const char *path = argument(c);
    struct date day = day_option(c, "--date");
    struct db *db = cli_db(c);
    bool ok = divisions_import(db, path, day, &r);
    db_close(db);
    if (!ok) return 1;
    printf("%zu divisions read, %zu closed\n", r.rows, r.closed);
    if (r.bad) printf("%zu rows were left out, the first at line %zu\n", r.bad, r.first_bad_line);
    return 0;
}

/* A new account and its first password. */
struct account {
    struct cli *cli;
    const char *login, *name, *role, *unit;
    struct arena arena;
    struct str password, hash;
    const char *wrong;
};

static void
first_password(struct account *u)
{
    u->password = password_make(&u->arena);
    u->hash = password_hash(&u->arena, u->password);
}

static int
account_done(struct account *u, struct db *db, bool ok)
{
    db_close(db);
    if (!ok) die("%s", u->wrong != NULL ? u->wrong : "the database failed; see above");
    printf("%s  %.*s  (to be changed at the first sign-in)\n", u->login, FMT(u->password));
    arena_clear(&u->arena);
    return 0;
}

static bool
wrong(struct account *u, const char *why)
{
    u->wrong = why;
    return false;
}

static bool
write_init(struct db *db, void *arg)
{
    struct account *u = arg;
    struct user_id made;
    struct unit_id top;
    char code[13];
    const struct profile *p = profile_of(str_of(cli_option(u->cli, "--profile")));
    const char *name = cli_option(u->cli, "--name");

    if (p == NULL || !profile_load(db, p->code)) return wrong(u, "there is no usable profile of that name");
    if (!division_full(str_of(cli_option(u->cli, "--division")), code)) return wrong(u, "--division: 2, 4, 6, 9 or 12 digits");
    struct unit_new unit = { .profile = p->code, .level = p->levels[0].code, .name = str_of(name), .division = str_of(code),
                             .run_mode = p->run_mode, .opened_on = today() };
    struct str why = unit_create(db, LANG_EN, &unit, &top);
    if (why.n) return wrong(u, str_z(&u->arena, why));
    if (!user_make(db, id_area(top.v), u->login, u->name, "admin", top, (struct staff_id){ 0 }, u->hash, true, &made))
        return wrong(u, "this login is taken");
    return true;
}

static int
init(struct cli *c)
{
    struct account u = { .cli = c, .login = needed(c, "--admin") };
    u.name = u.login;
    needed(c, "--profile");
    needed(c, "--division");
    cli_load(c);
    first_password(&u);
    struct db *db = cli_db(c);
    return account_done(&u, db, cli_write(db, write_init, &u));
}

static bool
write_user(struct db *db, void *arg)
{
    struct account *u = arg;
    struct unit_id unit;
    struct user_id made;
    if (role_find(str_of(u->role)) == NULL) return wrong(u, "--role: no such role (data/roles.json)");
    if (!unit_by_code(db, str_of(u->unit), &unit)) return wrong(u, "--unit: no unit has this code");
    if (!user_make(db, id_area(unit.v), u->login, u->name, u->role, unit, (struct staff_id){ 0 }, u->hash, true, &made))
        return wrong(u, "this login is taken");
    return true;
}

static int
user_add(struct cli *c)
{
    struct account u = { .cli = c, .login = argument(c), .role = needed(c, "--role"), .unit = needed(c, "--unit") };
    u.name = cli_option(c, "--name") != NULL ? cli_option(c, "--name") : u.login;
    cli_load(c);
    first_password(&u);
    struct db *db = cli_db(c);
    return account_done(&u, db, cli_write(db, write_user, &u));
}

static bool
write_password(struct db *db, void *arg)
{
    struct account *u = arg;
    if (command_password(db, str_of(u->login), u->hash) == 0) return wrong(u, "no account has this login");
    command_sign_out(db, str_of(u->login), instant_now());
    return true;
}

static int
user_passwd(struct cli *c)
{
    struct account u = { .cli = c, .login = argument(c) };
    first_password(&u);
    struct db *db = cli_db(c);
    return account_done(&u, db, cli_write(db, write_password, &u));
}

static int
user_list_all(struct cli *c)
{
    struct arena a = { 0 };
    struct command_users_row *rows;
    struct db *db = cli_db(c);
    db_begin(db, &a, DB_READ);
    size_t n = command_users(db, &rows);
    for (size_t i = 0; i < n; i++)
        printf("%-20.*s %-12.*s %-14.*s %.*s%s\n", FMT(rows[i].login), FMT(rows[i].role), FMT(rows[i].unit_code), FMT(rows[i].name),
               date_known(rows[i].closed_on) ? " (closed)" : "");
    bool ok = db_commit(db);
    db_close(db);
    arena_clear(&a);
    return ok ? 0 : 1;
}

static const struct cli_option init_options[] = {
    { "--profile", "NAME", "data/profiles/NAME.json" },
    { "--name", "TEXT", "name of the top unit (default: as the profile names it)" },
    { "--division", "CODE", "where it works: 350424" },
    { "--admin", "LOGIN", "the first administrator; the password is printed" },
};
static const struct cli_option date_options[] = { { "--date", "DAY", "from when the table holds (default today)" } };
static const struct cli_option user_options[] = {
    { "--name", "TEXT", "shown name" },
    { "--role", "CODE", "a code of data/roles.json" },
    { "--unit", "CODE", "station code of the unit whose subtree the user may see" },
};

const struct command network_commands[] = {
    { "init", NULL, "make the top unit of a place and its first administrator", init, init_options, COUNT(init_options) },
    { "divisions import", "FILE", "read the administrative divisions: a CSV file, or a folder of them", import_divisions, date_options, COUNT(date_options) },
    { "user add", "LOGIN", "make an account and print its first password", user_add, user_options, COUNT(user_options) },
    { "user passwd", "LOGIN", "give an account a new first password", user_passwd, NULL, 0 },
    { "user list", NULL, "list the accounts", user_list_all, NULL, 0 },
    { 0 },
};
