/* fill county DATABASE KEYFILE PEOPLE CASES -- puts that many made-up people and cases into the county that "nuan demo
 *   --fill-only" built: the people with the program's own statements, the cases as copies of the demo's (bench/cases.sql).
 * fill province DATABASE KEYFILE PEOPLE CASES STATIONS RECORDS -- the same for a province beside it (bench/province.sql).
 * fill country DATABASE -- a unit for each division of the country (bench/country.sql).
 * fill sessions DATABASE MANY -- signs in so many workers and heads of a province, in turn by station: a line "login cookie csrf" each.
 * fill roster ROWS -- prints a roster of so many other people, for the import. */
#include "people.h"
#include "auth/session.h"
#include "auth/session_sql.h"
#include "cli/cli.h"
#include "codes/codes.h"
#include "http/csrf.h"
#include "seal/seal.h"
#include "users_sql.h"
#include <sqlite3.h>

enum { SCRIPT_MAX = 1 << 16 };

/* What the scripts are told: temp.wanted (people, cases, stations, records). */
struct wanted { int64_t people, cases, stations, records; };

/* Runs the part of a script up to its line "-- people" (1) or behind it (2), or all of it (0). */
static void
run_script(const char *database, const char *name, int part, const struct wanted *w)
{
    struct arena a = { 0 };
    static char script[SCRIPT_MAX];
    char *why = NULL;
    sqlite3 *conn;
    FILE *in = fopen(name, "r");
    size_t n = in ? fread(script, 1, sizeof script - 1, in) : 0;
    if (n == 0 || sqlite3_open(database, &conn) != SQLITE_OK) die("%s or the database cannot be read", name);
    fclose(in);
    script[n] = '\0';
    char *mark = strstr(script, "\n-- people\n"), *text = part == 2 && mark ? mark : script;
    if (part == 1 && mark) *mark = '\0';
    struct str sql = str_fmt(&a, "PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -400000;"
        "CREATE TEMP TABLE wanted (people, cases, stations, records); INSERT INTO wanted VALUES (%lld, %lld, %lld, %lld);\n%s",
        (long long)w->people, (long long)w->cases, (long long)w->stations, (long long)w->records, text);
    if (sqlite3_exec(conn, str_z(&a, sql), NULL, NULL, &why) != SQLITE_OK) die("%s: %s", name, why);
    sqlite3_close(conn);
    arena_clear(&a);
}

static void
people_into(const char *database, const char *key, int64_t n, bool province)
{
    struct arena a = { 0 };
    struct fill f = { .path = database, .db = db_open(database), .seed = 20240601 };
    if (f.db == NULL || !codes_load() || !seal_open(key)) die("the database, the codes or the key cannot be used; see above");
    fill_network(&f, &a);
    size_t first = 0;                   /* the county's stations stand first or not at all in this: their area tells */
    while (province && first < f.stations_n && f.stations[first].area == 350424) first++;
    f.stations += first;
    f.stations_n -= first;
    fill_people(&f, n);
    db_close(f.db);
    arena_clear(&a);
}

static void
print_roster(int64_t rows)
{
    struct fill f = { .seed = 7 };
    struct arena a = { 0 };
    printf("户编号,姓名,身份证号,联系电话,与户主关系,民族,住址\n");
    for (int64_t i = 0; i < rows; i++) {
        struct str name = name_of(&f, &a), idno = idno_of(&a, i, ORDERS_OF_ROSTER);
        printf("R%lld,%.*s,%.*s,137%08u,%s,汉族,%u号\n", (long long)(i / 3), FMT(name), FMT(idno), pick(&f, 100000000),
               i % 3 ? "其他" : "户主", pick(&f, 300) + 1);
        arena_clear(&a);
    }
}

/* Signing in by the page would take a second of argon2 for each dozen of them. */
static bool
sign_in(struct db *db, void *arg)
{
    const int64_t *many = arg;
    struct arena *a = db_arena(db);
    struct bench_users_row *users;
    struct instant now = instant_now(), end = { now.ms + 86400000 };
    size_t n = bench_users(db, &users, *many);
    for (size_t i = 0; i < n; i++) {
        struct str secret = secret_new(a);
        session_insert(db, .id = { id_next(0) }, .hash = secret_hash(a, secret), .account = users[i].id, .now = now, .expires = end,
                       .ip = STR("127.0.0.1"), .agent = STR("bench"));
        printf("%.*s nuan=%.*s %.*s\n", FMT(users[i].login), FMT(secret), FMT(csrf_of(a, secret)));
    }
    return true;
}

static int64_t
number(const char *text)
{
    int64_t n;
    if (!str_int(str_of(text), &n) || n < 0) die("%s is not a number", text);
    return n;
}

int
main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "roster") == 0) {
        print_roster(number(argv[2]));
    } else if (argc == 4 && strcmp(argv[1], "sessions") == 0) {
        int64_t many = number(argv[3]);
        struct db *db = db_open(argv[2]);
        if (db == NULL || !cli_write(db, sign_in, &many)) die("nobody could be signed in; see above");
        db_close(db);
    } else if (argc == 3 && strcmp(argv[1], "country") == 0) {
        run_script(argv[2], "bench/country.sql", 0, &(struct wanted){ 0 });
    } else if (argc == 6 && strcmp(argv[1], "county") == 0) {
        struct wanted w = { number(argv[4]), number(argv[5]), 0, 0 };
        people_into(argv[2], argv[3], w.people, false);
        run_script(argv[2], "bench/cases.sql", 0, &w);
    } else if (argc == 8 && strcmp(argv[1], "province") == 0) {
        struct wanted w = { number(argv[4]), number(argv[5]), number(argv[6]), number(argv[7]) };
        run_script(argv[2], "bench/province.sql", 1, &w);
        people_into(argv[2], argv[3], w.people, true);
        run_script(argv[2], "bench/province.sql", 2, &w);
    } else {
        die("usage: fill county DATABASE KEYFILE PEOPLE CASES | fill province DATABASE KEYFILE PEOPLE CASES STATIONS RECORDS\n"
            "     | fill country DATABASE | fill sessions DATABASE MANY | fill roster ROWS");
    }
    return 0;
}
