#include "rules/expr.h"
#include "view/view.h"
#include <sqlite3.h>

enum { TEXT_MAX = 2000, DEPTH_MAX = 60 };

struct evaluator {
    sqlite3 *db;
    struct arena *arena;                /* of the expression that is being compiled */
    struct expr_error *error;
    int selects;
};

const char *const expr_functions[] = { "abs", "coalesce", "iif", "ifnull", "instr", "length", "max", "min", "nullif", "round", "substr",
                                       "days", "plus_days", "plus_months", "month_end", "percent", "permille", "yuan", NULL };

/* ---- Functions of our own: dates are ISO text ---- */

static bool
date_arg(sqlite3_value *v, struct date *out)
{
    const char *text = (const char *)sqlite3_value_text(v);
    return text != NULL && date_parse(str_of(text), out);
}

static void
give_date(sqlite3_context *c, struct date d)
{
    char text[16];
    sqlite3_result_text(c, text, (int)date_print(d, text), SQLITE_TRANSIENT);
}

/* days(later, earlier) */
static void
f_days(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct date later, earlier;
    (void)n;
    if (date_arg(v[0], &later) && date_arg(v[1], &earlier)) sqlite3_result_int(c, date_diff(later, earlier));
}

static void
f_plus_days(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct date d;
    (void)n;
    if (date_arg(v[0], &d) && sqlite3_value_type(v[1]) == SQLITE_INTEGER) give_date(c, date_add(d, sqlite3_value_int(v[1])));
}

static void
f_plus_months(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct date d;
    (void)n;
    if (date_arg(v[0], &d) && sqlite3_value_type(v[1]) == SQLITE_INTEGER) give_date(c, date_add_months(d, sqlite3_value_int(v[1])));
}

static void
f_month_end(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct date d;
    (void)n;
    if (!date_arg(v[0], &d)) return;
    struct ymd ymd = date_ymd(d);
    if (date_of(ymd.y, ymd.m, 1, &d)) give_date(c, date_add(date_add_months(d, 1), -1));
}

/* a of b in hundredths or thousandths, one decimal, rounded half up. */
static void
share(sqlite3_context *c, sqlite3_value **v, int64_t whole, const char *sign)
{
    char text[48];
    int64_t a = sqlite3_value_int64(v[0]), b = sqlite3_value_int64(v[1]);
    bool known = sqlite3_value_type(v[0]) != SQLITE_NULL && sqlite3_value_type(v[1]) != SQLITE_NULL;
    if (!known || b <= 0 || a < 0) return;              /* nothing of nothing is not known */
    if (a > INT64_MAX / (whole * 40) || b > INT64_MAX / 40) return;
    int64_t tenths = (a * whole * 20 + b) / (b * 2);
    snprintf(text, sizeof text, "%lld.%lld%s", (long long)(tenths / 10), (long long)(tenths % 10), sign);
    sqlite3_result_text(c, text, -1, SQLITE_TRANSIENT);
}

static void
f_percent(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    share(c, v, 100, "%");
}

static void
f_permille(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    share(c, v, 1000, "‰");
}

static void
f_yuan(sqlite3_context *c, int n, sqlite3_value **v)
{
    char text[40];
    (void)n;
    if (sqlite3_value_type(v[0]) != SQLITE_INTEGER) return;
    sqlite3_result_text(c, text, (int)money_print((struct money){ sqlite3_value_int64(v[0]) }, text), SQLITE_TRANSIENT);
}

/* ---- The guard ---- */

static int
refuse(struct evaluator *ev, const char *zh, const char *what)
{
    if (ev->error->zh == NULL) *ev->error = (struct expr_error){ zh, str_dup(ev->arena, str_of(what != NULL ? what : "")), 0 };
    return SQLITE_DENY;
}

static int
guard(void *arg, int action, const char *a, const char *b, const char *base, const char *trigger)
{
    struct evaluator *ev = arg;
    (void)base;
    (void)trigger;
    if (action == SQLITE_SELECT) return ev->selects++ == 0 ? SQLITE_OK : refuse(ev, T("表达式里不能有查询（%s）。"), "SELECT");
    if (action == SQLITE_FUNCTION) {
        for (size_t i = 0; expr_functions[i] != NULL; i++)
            if (sqlite3_stricmp(b, expr_functions[i]) == 0) return SQLITE_OK;
        return refuse(ev, T("表达式里不能使用函数 %s。"), b);
    }
    return refuse(ev, T("表达式里不能读取数据表（%s）。"), a);
}

struct evaluator *
evaluator_open(void)
{
    static const struct { const char *name; int n; void (*run)(sqlite3_context *, int, sqlite3_value **); } own[] = {
        { "days", 2, f_days }, { "plus_days", 2, f_plus_days }, { "plus_months", 2, f_plus_months }, { "month_end", 1, f_month_end },
        { "percent", 2, f_percent }, { "permille", 2, f_permille }, { "yuan", 1, f_yuan },
    };
    struct evaluator *ev = sqlite3_malloc64(sizeof *ev);
    if (ev == NULL || sqlite3_open_v2(":memory:", &ev->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_MEMORY, NULL) != SQLITE_OK)
        log_fatal("rules: no memory for an evaluator");
    for (size_t i = 0; i < COUNT(own); i++)
        sqlite3_create_function_v2(ev->db, own[i].name, own[i].n, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, own[i].run,
                                   NULL, NULL, NULL);
    sqlite3_limit(ev->db, SQLITE_LIMIT_SQL_LENGTH, TEXT_MAX + 32);
    sqlite3_limit(ev->db, SQLITE_LIMIT_EXPR_DEPTH, DEPTH_MAX);
    sqlite3_limit(ev->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_set_authorizer(ev->db, guard, ev);
    return ev;
}

void
evaluator_close(struct evaluator *ev)
{
    sqlite3_stmt *st;
    while ((st = sqlite3_next_stmt(ev->db, NULL)) != NULL) sqlite3_finalize(st);
    sqlite3_close(ev->db);
    sqlite3_free(ev);
}

/* What would end the brackets around the expression or hide their end: found before SQLite sees it. */
static bool
stays_inside(struct arena *a, struct str text, struct expr_error *error)
{
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : '\0';
        if (quote) {
            quote = c == quote ? 0 : quote;
            continue;
        }
        if (c == '\'') quote = c;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth >= 0 && c != ';' && c != '"' && c != '`' && c != '[' && c != '?' && c != '$' && c != '@' && c != '\0'
            && !(c == '-' && next == '-') && !(c == '/' && next == '*')) continue;
        *error = (struct expr_error){ T("表达式里不能有“%s”。"), str_dup(a, (struct str){ text.p + i, 1 }), (int)utf8_len((struct str){ text.p, i }) + 1 };
        return false;
    }
    if (depth == 0 && !quote) return true;
    *error = (struct expr_error){ T("表达式少了一个“%s”。"), quote ? STR("'") : STR(")"), (int)utf8_len(text) };
    return false;
}

/* Where the word that was refused stands in the text, without regard to case. */
static int
column_of(struct str text, struct str what)
{
    for (size_t i = 0; what.n > 0 && i + what.n <= text.n; i++)
        if (sqlite3_strnicmp(text.p + i, what.p, (int)what.n) == 0) return (int)utf8_len((struct str){ text.p, i }) + 1;
    return 1;
}

/* SQLite's own messages are English; those that an author can cause are said in his language. */
static void
translate(struct evaluator *ev, struct str text, struct str said)
{
    static const struct { const char *begins, *zh; } known[] = {
        { "no such table: ", T("表达式里不能读取数据表（%s）。") }, { "no such function: ", T("表达式里不能使用函数 %s。") },
        { "no such column: ", T("没有“%s”；指标和参数写作“:名称”。") }, { "wrong number of arguments to function ", T("函数 %s 的参数个数不对。") },
        { "near \"", T("“%s”附近的语法不对。") },
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        struct str begins = str_of(known[i].begins);
        if (!str_starts(said, begins)) continue;
        struct str what = { said.p + begins.n, said.n - begins.n };
        if (str_ends(what, STR("\": syntax error"))) what.n -= 15;
        *ev->error = (struct expr_error){ known[i].zh, str_dup(ev->arena, what), column_of(text, what) };
        return;
    }
    *ev->error = (struct expr_error){ T("表达式写错了：%s"), str_dup(ev->arena, said), 1 };
}

static void
explain(struct evaluator *ev, struct str text)
{
    int at = sqlite3_error_offset(ev->db) - (int)strlen("SELECT (");
    if (ev->error->zh != NULL) {
        ev->error->column = column_of(text, ev->error->what);
        return;
    }
    translate(ev, text, str_of(sqlite3_errmsg(ev->db)));
    if (at >= 0 && (size_t)at <= text.n) ev->error->column = (int)utf8_len((struct str){ text.p, (size_t)at }) + 1;
}

struct expr *
expr_compile(struct evaluator *ev, struct arena *a, struct str text, struct expr_error *error)
{
    sqlite3_stmt *st = NULL;
    *error = (struct expr_error){ 0 };
    text = str_trim(text);
    if (text.n == 0 || text.n > TEXT_MAX) {
        *error = (struct expr_error){ T("表达式是空的或者太长。%s"), STR(""), 1 };
        return NULL;
    }
    if (!stays_inside(a, text, error)) return NULL;
    ev->arena = a;
    ev->error = error;
    ev->selects = 0;
    struct str sql = str_fmt(a, "SELECT (%.*s)", FMT(text));
    if (sqlite3_prepare_v3(ev->db, sql.p, (int)sql.n, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK || error->zh != NULL) {
        explain(ev, text);
        sqlite3_finalize(st);
        return NULL;
    }
    struct expr *e = NEW(a, struct expr, 1);
    int n = sqlite3_bind_parameter_count(st);
    *e = (struct expr){ .statement = st, .names = NEW(a, const char *, n + 1), .names_n = (size_t)n };
    for (int i = 0; i < n; i++) e->names[i] = str_z(a, str_of(sqlite3_bind_parameter_name(st, i + 1) + 1));
    return e;
}

struct value
expr_value(struct expr *e, struct arena *a, const struct value *inputs)
{
    sqlite3_stmt *st = e->statement;
    struct value v = { 0 };
    for (size_t i = 0; i < e->names_n; i++) {
        const struct value *in = &inputs[i];
        int at = (int)i + 1;
        if (in->kind == VALUE_INT) sqlite3_bind_int64(st, at, in->n);
        else if (in->kind == VALUE_REAL) sqlite3_bind_double(st, at, in->r);
        else if (in->kind == VALUE_TEXT) sqlite3_bind_text(st, at, in->text.p, (int)in->text.n, SQLITE_STATIC);
        else sqlite3_bind_null(st, at);
    }
    if (sqlite3_step(st) == SQLITE_ROW) {
        int type = sqlite3_column_type(st, 0);
        if (type == SQLITE_INTEGER) v = (struct value){ .kind = VALUE_INT, .n = sqlite3_column_int64(st, 0) };
        else if (type == SQLITE_FLOAT) v = (struct value){ .kind = VALUE_REAL, .r = sqlite3_column_double(st, 0) };
        else if (type == SQLITE_TEXT)
            v = (struct value){ .kind = VALUE_TEXT, .text = str_dup(a, (struct str){ (const char *)sqlite3_column_text(st, 0),
                                                                                    (size_t)sqlite3_column_bytes(st, 0) }) };
    }
    sqlite3_reset(st);
    return v;
}

struct str
value_text(struct arena *a, struct value v)
{
    if (v.kind == VALUE_INT) return str_fmt(a, "%lld", (long long)v.n);
    if (v.kind == VALUE_REAL) return str_fmt(a, "%.10g", v.r);
    return v.kind == VALUE_TEXT ? v.text : NO_STR;
}

bool
value_eq(struct value a, struct value b)
{
    if (a.kind != b.kind) return false;
    return a.kind == VALUE_INT ? a.n == b.n : a.kind == VALUE_REAL ? a.r == b.r : a.kind == VALUE_NONE || str_eq(a.text, b.text);
}
