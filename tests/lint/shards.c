/* shards URL LIST -- asks PostgreSQL for the plan of every named query and looks at each table of a county (its key begins
 * with area_id): is it reached by area_id?  Then the query goes to one shard of Citus.  Queries that ask all counties stand
 * in the reviewed LIST, "query  # why".  Prints "ok …" or "not ok …" for each query. */
#include "db/all_queries.h"
#include "db/driver.h"
#include "db/migrate.h"
#include <ctype.h>
#include <libpq-fe.h>

static struct db *db;
static struct arena arena;
static struct str reviewed, tables;     /* tables: names, each between blanks */
static struct buf met;

static PGresult *
ask(const char *sql)
{
    PGresult *r = PQexec(db->conn, sql);
    if (PQresultStatus(r) != PGRES_TUPLES_OK && PQresultStatus(r) != PGRES_COMMAND_OK) die("%s: %s", sql, PQerrorMessage(db->conn));
    return r;
}

static bool
listed(const char *query)
{
    for (struct str rest = reviewed; rest.n;) {
        struct str line = str_cut(&rest, '\n'), name = str_trim(str_cut(&line, '#'));
        if (str_is(name, query)) return line.n != 0;
    }
    return false;
}

/* "->  Index Scan using person_idno on person p  (cost…": the table behind "Scan … on"; NO_STR when the line scans none. */
static struct str
table_of(struct str line)
{
    const char *scan = memmem(line.p, line.n, " Scan", 5), *on = scan ? memmem(scan, (size_t)(line.p + line.n - scan), " on ", 4) : NULL;
    if (on == NULL || memmem(line.p, line.n, "Bitmap Index", 12) != NULL) return NO_STR;
    struct str rest = { on + 4, (size_t)(line.p + line.n - on - 4) };
    struct str name = str_cut(&rest, ' ');
    return str_has(tables, str_fmt(&arena, " %.*s ", FMT(name))) ? name : NO_STR;
}

static bool
is_node(struct str line)
{
    return str_has(line, STR("(cost="));
}

/* Is the other side of an "area_id = …" a parameter, a constant, or the area_id of another county's table?  That of a unit,
 * a row on every node, could be any county's. */
static bool
condition_fine(struct str line, struct str aliases)
{
    for (const char *p = line.p, *end = line.p + line.n; (p = memmem(p, (size_t)(end - p), "area_id = ", 10)) != NULL;) {
        p += 10;
        struct str other = { p, strcspn(p, ". )") };
        if (*p == '$' || *p == '\'' || *p == '(' || isdigit((unsigned char)*p)) return true;
        if (str_has(aliases, str_fmt(&arena, " %.*s ", FMT(other)))) return true;
    }
    return false;
}

/* Every scan of a county's table names area_id in a condition of its own. */
static bool
by_area(const PGresult *plan, const char *query, bool quiet)
{
    struct str table = NO_STR;
    struct buf aliases = { .arena = &arena };
    bool found = true, fine = true;
    LIT(&aliases, " ");
    for (int i = 0; i < PQntuples(plan); i++) {
        struct str line = str_of(PQgetvalue(plan, i, 0)), name = table_of(line);
        struct str rest = name.p ? (struct str){ name.p, (size_t)(line.p + line.n - name.p) } : NO_STR;
        str_cut(&rest, ' ');
        if (name.p != NULL) putf(&aliases, " %.*s ", FMT(rest.n && rest.p[0] != ' ' ? str_cut(&rest, ' ') : name));
    }
    for (int i = 0; i <= PQntuples(plan); i++) {
        struct str line = i < PQntuples(plan) ? str_of(PQgetvalue(plan, i, 0)) : STR("(cost=");
        if (is_node(line)) {
            if (!found && !quiet) printf("# %s: %.*s is asked without area_id\n", query, FMT(table));
            fine = fine && found;
            table = table_of(line);
            found = table.p == NULL;
        } else if (condition_fine(line, buf_str(&aliases))) {
            found = true;
        }
    }
    return fine;
}

static bool
plan_fine(const struct db_query *q, unsigned filters, unsigned sort, bool quiet)
{
    db_begin(db, &arena, DB_WRITE);
    const struct prepared *p = db_prepare(db, q, filters, sort);
    if (p == NULL) die("%s: %s", q->name, db_error(db));
    PGresult *r = ask(str_fmt(&arena, "SELECT coalesce(cardinality(parameter_types), 0) FROM pg_prepared_statements WHERE name = '%s'", p->name).p);
    int params = atoi(PQgetvalue(r, 0, 0));
    PQclear(r);
    struct buf b = { .arena = &arena };
    putf(&b, "EXPLAIN EXECUTE %s", p->name);
    for (int i = 0; i < params; i++) putf(&b, "%sNULL", i ? ", " : "(");
    if (params) LIT(&b, ")");
    r = ask(str_z(&arena, buf_str(&b)));
    bool fine = by_area(r, q->name, quiet);
    PQclear(r);
    db_rollback(db);
    return fine;
}

static bool
check(const struct db_query *q)
{
    bool known = listed(q->name), fine = true;
    unsigned always = 0;                /* the filter of that name makes a query over counties one of a county */
    for (unsigned i = 0; i < q->filters_n; i++)
        if (strcmp(q->filters[i].name, "area") == 0) always = 1u << i;
    for (unsigned sort = 0; sort == 0 || sort < q->sorts_n; sort++) {
        fine = plan_fine(q, always, sort, known) && fine;
        for (unsigned i = 0; i < q->filters_n; i++) fine = plan_fine(q, always | 1u << i, sort, known) && fine;
    }
    if (known && !fine) putf(&met, " %s ", q->name);
    printf("%s %s\n", fine || known ? "ok" : "not ok", q->name);
    return fine || known;
}

static bool
list_current(void)
{
    bool fine = true;
    for (struct str rest = reviewed; rest.n;) {
        struct str line = str_cut(&rest, '\n'), name = str_trim(str_cut(&line, '#'));
        if (name.n == 0 || (met.n && str_has(buf_str(&met), str_fmt(&arena, " %.*s ", FMT(name))))) continue;
        printf("# no longer needed: %.*s\n", FMT(name));
        fine = false;
    }
    printf("%s the list of queries over all counties is current\n", fine ? "ok" : "not ok");
    return fine;
}

static void
read_tables(void)
{
    struct buf b = { .arena = &arena };
    PGresult *r = ask("SELECT r.relname FROM pg_class r JOIN pg_index i ON i.indrelid = r.oid AND i.indisprimary"
                      " JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = i.indkey[0] WHERE a.attname = 'area_id'");
    for (int i = 0; i < PQntuples(r); i++) putf(&b, " %s ", PQgetvalue(r, i, 0));
    PQclear(r);
    tables = buf_str(&b);
}

int
main(int argc, char **argv)
{
    char text[1 << 16];
    bool fine = true;
    if (argc != 3) die("usage: shards URL LIST");
    FILE *f = fopen(argv[2], "rb");
    if (f == NULL) die("cannot read %s", argv[2]);
    reviewed = (struct str){ text, fread(text, 1, sizeof text, f) };
    fclose(f);
    met.arena = &arena;
    log_quiet(1);
    db = db_open(argv[1]);
    if (db == NULL || !migrate(db)) die("the database cannot be used");
    /* The plan that does not know its parameters, and by an index wherever there is one. */
    PQclear(ask("SET plan_cache_mode = force_generic_plan"));
    PQclear(ask("SET enable_seqscan = off"));
    PQclear(ask("SET enable_bitmapscan = off"));
    read_tables();
    for (size_t i = 0; all_queries[i] != NULL; i++)
        for (size_t n = 0; all_queries[i][n] != NULL; n++) fine = check(all_queries[i][n]) && fine;
    fine = list_current() && fine;
    db_close(db);
    arena_clear(&arena);
    return fine ? 0 : 1;
}
